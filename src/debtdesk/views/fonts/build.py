"""Make the two Noto Sans SC files of this folder from the variable font of Google Fonts.

matplotlib draws a variable font at its thinnest weight, and a whole CJK font weighs 17 MB. So two fixed weights are
cut out, with every character that GBK can write (names of people need 喆 镕 堃, which GB2312 lacks), Latin letters,
and the signs that charts use. Run it only when the font itself is to be renewed:

    pip install fonttools justmytype-intl-cjk
    python src/debtdesk/views/fonts/build.py

The font is under the SIL Open Font License 1.1 (OFL.txt in this folder), which allows this.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEIGHTS = {"Regular": 400, "Bold": 700}
SIGNS = "¥￥−–—…‘’“”·•→←↑↓≤≥±×÷✓€£"


def characters() -> set[int]:
    """Return the code points that the files hold: GBK, Latin-1, Latin Extended-A, and signs."""
    found = {ord(sign) for sign in SIGNS} | set(range(0x20, 0x180))
    for code in range(0x180, 0x10000):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        found.add(code)
    return found


def source_folder() -> Path:
    """Return the folder of the installed package that holds the variable font and its licence."""
    spec = importlib.util.find_spec("justmytype_intl_cjk")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("install justmytype-intl-cjk first: it brings NotoSansSC[wght].ttf")
    return Path(spec.origin).parent / "fonts" / "ofl" / "notosanssc"


def main() -> None:
    """Write both weights and the licence beside this file."""
    source = source_folder()
    options = Options()
    options.layout_features = ["kern", "palt", "locl", "ccmp", "mark", "mkmk"]
    options.name_IDs = ["*"]
    for style, weight in WEIGHTS.items():
        font = TTFont(source / "NotoSansSC[wght].ttf")
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        fixed = instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
        target = HERE / f"NotoSansSC-{style}.ttf"
        fixed.save(target)
        print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {len(fixed.getBestCmap())} characters")
    shutil.copyfile(source / "OFL.txt", HERE / "OFL.txt")


if __name__ == "__main__":
    main()
