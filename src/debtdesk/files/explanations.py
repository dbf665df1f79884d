"""What the columns of the templates mean, in Chinese and English side by side: the page of explanation in each."""

from __future__ import annotations

from collections.abc import Mapping

INTRODUCTION = (
    (
        "每行填一笔。灰色的示例行读取时会跳过，可以删除。列的次序可以改变，可以另加自己的列。",
        "One row for each entry. The grey example row is skipped when the file is read; it may be removed. "
        "Columns may change places, and columns of your own may be added.",
    ),
    (
        "金额单位为元，例如 1234.56 或 1.2万；日期写全年月日，例如 2023-11-24。没有的金额写 0，不要留空。",
        "Amounts are in yuan, for instance 1234.56; days with year, month and day, for instance 2023-11-24. "
        "Write 0 where there is none, do not leave it empty.",
    ),
    (
        "请勿填写完整的身份证号或银行卡号。",
        "Do not write whole identity or card numbers.",
    ),
)

EXPLANATIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "debts 欠款": {
        "creditor": (
            "现在有权收款的一方；债权转让后与出借方不同。",
            "Who may claim the debt today; after a transfer not the lender.",
        ),
        "lender": ("当初放款的一方，见合同。", "Who lent the money, as in the contract."),
        "product": (
            "从列表选择；列表外的产品选其他。产品只决定常见的计息约定，请以合同为准。",
            "Choose from the list; else other. It only sets conventions that are usual; the contract decides.",
        ),
        "account": (
            "合同号、借据号或卡号后四位；同一文件中不得重复。",
            "Number of the contract, or the last four digits of the card; each only once.",
        ),
        "principal": ("截至日未还的本金。", "Principal not yet paid on the as-of day."),
        "interest": ("截至日的正常利息。", "Ordinary interest on the as-of day."),
        "penalty_interest": (
            "截至日的罚息（逾期利息）。",
            "Penalty interest, charged for being overdue, on the as-of day.",
        ),
        "fees": ("截至日的违约金和其他费用。", "Late fees and other fees on the as-of day."),
        "rate": (
            "现在计收的利率，带百分号和期间，例如 0.05%/日 或 18.25%/年。"
            "逾期上浮的贷款填上浮后的利率（合同利率的 1.5 倍等）。",
            "The rate charged now, with percent sign and period, for instance 0.05%/日 (a day) or 18.25%/年 (a year). "
            "Where being overdue raises the rate, write the raised one (often the contract rate times 1.5).",
        ),
        "default_date": ("第一个逾期的日子，即到期还款日的次日。", "The first overdue day: the one after the due day."),
        "as_of": ("以上金额是哪一天的。", "The day of these amounts."),
        "source": ("这些金额从哪里看到。", "Where these amounts were seen."),
        "terms_source": (
            "利率和约定从哪里看到；只有见过合同、页面或账单，数字才会写进函件。",
            "Where rate and conventions were seen; figures go into letters only if that was a document.",
        ),
        "compounding": (
            "单利，或利息按月、按日计入本息再计息。空着按产品。",
            "Simple, or interest itself bears interest monthly or daily. Empty: as usual for the product.",
        ),
        "statement_day": (
            "每月账单日，1 到 31；信用卡必填。",
            "Day of the month of the statement, 1 to 31; needed for cards.",
        ),
        "year_basis": (
            "年利率折算为日利率时一年的天数。空着为 365。",
            "Days of a year when a yearly rate becomes a daily one. Empty: 365.",
        ),
        "base": (
            "以本金计息，或以全部账单（不含费用）计息。",
            "Interest on the principal, or on the whole bill without fees.",
        ),
        "order": ("还款先抵哪一部分。", "Which part a payment reduces first."),
        "late_fee": (
            "信用卡违约金占最低还款额未还部分的比例，例如 5%；没有写 0。",
            "Late fee of a card as a share of the unpaid minimum payment, for instance 5%; 0 if none.",
        ),
        "late_fee_until": (
            "最后一次计收违约金的日子；仍在计收则空着。",
            "Last day on which a late fee is booked; empty if it goes on.",
        ),
        "note": ("其他要记住的。", "What else to remember."),
        "original_principal": (
            "逾期时所欠的本金，按合同或账单；用来重新计算。",
            "Principal owed at default, from the contract or a statement; figures are recomputed from it.",
        ),
        "original_interest": (
            "起算日已经产生的利息；没有则空着。",
            "Interest that stood on the day the history begins; empty if none.",
        ),
        "history_begins": (
            "原始本金所对应的日子，一般是到期日；次日起计息。",
            "The day at whose end the original principal stood, usually the due day; interest runs from the next day.",
        ),
        "lender_type": (
            "出借方是哪一类机构，见合同或其执照；决定适用哪些利率上限。",
            "What kind of lender it is, from the contract or its licence; which ceilings apply depends on it.",
        ),
        "creditor_type": (
            "现债权人是哪一类机构；与出借方相同则空着。",
            "The same of today's creditor; empty if it is the lender.",
        ),
        "contract_date": (
            "合同签订或借款发放的日子；决定适用哪一时期的规则。",
            "Day of the contract or of the loan drawn; which rules apply depends on it.",
        ),
        "stage": (
            "债权人走到哪一步：催收、调解、起诉、判决、执行。",
            "How far the creditor has gone, from reminders to enforcement.",
        ),
        "last_due": (
            "分期合同最后一期的到期日；诉讼时效可能由此起算。",
            "Due day of the last installment of a contract in installments; limitation may run from it.",
        ),
    },
    "links 债权人": {
        "account": ("与欠款表中的账号一致。", "As in the table of debts."),
        "day": ("从哪天起；不清楚则空着。", "Since when; empty if not known."),
        "kind": ("从列表选择：放款、债权转让、代偿。", "Choose from the list: funded, assigned, guarantor paid."),
        "holder": ("从那时起债权归谁。", "Who holds the claim from then on."),
        "proof": ("凭什么知道；只是口头说的选“无”。", "What it is seen on; none if it was only said."),
        "notice": ("转让通知是否到达客户。", "Whether the notice of the transfer reached the client."),
        "seen_at": ("凭证放在哪里。", "Where the proof lies."),
    },
    "budget 收支": {
        "item": ("名称，例如房租。", "Its name, for instance rent."),
        "kind": ("收入或支出。", "Income or expense."),
        "category": (
            "国家统计局八大类之一，或还债。",
            "One of the eight categories of the National Bureau of Statistics, or debt service.",
        ),
        "amount": ("每次的金额。", "Amount each time."),
        "frequency": (
            "每周、每月、每季、每年、一次，或列出月份，例如 6-10月 或 2,9月。",
            "weekly, monthly, quarterly, yearly, once, or months, for instance 6-10月 or 2,9月.",
        ),
        "essential": (
            "生活离不开的支出填是：房租、伙食、药费等。",
            "yes for what nobody can do without: rent, food, medicine.",
        ),
        "from": ("从哪天或哪月开始；一次性的填发生日。", "First day or month; the day itself for what comes once."),
        "to": ("到哪天或哪月为止；长期则空着。", "Last day or month; empty if open."),
        "note": ("其他要记住的。", "What else to remember."),
        "source": ("从哪里得知；空着视为口述。", "How it is known; empty counts as told."),
        "regularity": (
            "只对收入：固定、季节性或不固定。不固定的收入不计入还款能力，除非另定比例。"
            "空着：列出月份的视为季节性，其余视为固定。",
            "For income only: regular, seasonal or uncertain. Uncertain income does not count in the capacity unless a "
            "share is set. Empty: seasonal where months are listed, else regular.",
        ),
    },
    "household 家庭": {
        "setting": ("人口、保护线等，名称不要改。", "Persons, protected minimum and so on; keep the names."),
        "value": (
            "人口填人数，被扶养人是其中没有收入的人数；保护线为每人每月的元数，一般取当地低保标准；"
            "不固定收入计入填百分比，例如 40%；其余为元。",
            "Persons as a number, dependants those of them without an income; the protected minimum in yuan a person "
            "and month, usually the local 低保 standard; the uncertain share in percent, for instance 40%; the others "
            "in yuan.",
        ),
        "note": (
            "出处，例如当地低保标准的文件。",
            "Where it was taken from, for instance the notice of the local standard.",
        ),
    },
    "acts 行为": {
        "account": ("与欠款表中的账号一致。", "As in the table of debts."),
        "day": (
            "发生的日子；起诉、调解可填程序终结的日子。",
            "The day; for a suit or mediation the day it ended, if it has.",
        ),
        "kind": (
            "从列表选择。催收须能证明已到达；只能证明已发出的填“已发短信”，电话和App通知填“电话”。",
            "Choose from the list. A demand must be shown to have arrived; what was only sent is a message sent, a "
            "call or app notice a call.",
        ),
        "proof": (
            "在哪里可以看到；没有凭证的会显示，但不计入。",
            "Where it can be seen; without proof it is shown but not counted.",
        ),
        "note": ("其他要记住的。", "What else to remember."),
    },
    "payments 还款": {
        "account": ("与欠款表中的账号一致。", "As in the table of debts."),
        "date": ("付款日。", "Day of the payment."),
        "amount": ("付款金额，元。", "What was paid, in yuan."),
        "note": (
            "备注；同一天付了两次相同金额时，用备注区分。",
            "A note; it tells two equal payments of one day apart.",
        ),
    },
}
