"""How the panels look: calm, large enough for two people at one screen, printable."""

STYLE = """<style>
.debtdesk-stage{max-width:1600px;font-size:15px;line-height:1.55}
.debtdesk-stage .jupyter-widgets{--jp-widgets-font-size:15px}
.debtdesk-stage .widget-html-content{line-height:1.55}
.debtdesk-header{display:flex;flex-wrap:wrap;gap:6px 24px;justify-content:space-between;align-items:center;
 border-bottom:1px solid #c9ced6;padding:2px 0 8px;color:#3b4250}
.debtdesk-bar{display:flex;flex-wrap:wrap;gap:4px}
.debtdesk-bar a,.debtdesk-bar b{padding:2px 10px;border-radius:12px;text-decoration:none;color:#1f4e79;font-weight:500}
.debtdesk-bar a:hover,.debtdesk-bar a:focus{background:#e8eff7;text-decoration:underline}
.debtdesk-bar b{background:#1f4e79;color:#fff}
.debtdesk-stage h1.debtdesk-question{font-size:26px;font-weight:600;margin:14px 0 6px;line-height:1.3}
.debtdesk-lead{font-size:21px;line-height:1.5;margin:8px 0}
.debtdesk-note{color:#545c6b;font-size:13.5px;margin:2px 0 8px}
.debtdesk-stage .widget-inline-hbox>.widget-label{text-align:left}
.debtdesk-stage .widget-radio{display:flex;align-items:baseline;height:auto}
.debtdesk-stage .debtdesk-unit{margin-left:8px;align-self:center}
.debtdesk-editor .widget-dropdown{height:auto}
.debtdesk-editor .widget-dropdown>select{min-height:28px}
.debtdesk-stage .debtdesk-editor .widget-dropdown>.widget-label{white-space:normal;line-height:1.25;height:auto;
 overflow:visible;align-self:center}
.debtdesk-field .widget-text,.debtdesk-field .widget-textarea{height:auto}
.debtdesk-stage .debtdesk-field .widget-label{white-space:normal;text-align:left;line-height:1.25;height:auto;
 overflow:visible;align-self:center}
.debtdesk-help,.debtdesk-failed{background:#fff4e5;border-left:4px solid #b54708;color:#5a2a00;padding:5px 10px;
 margin:3px 0;white-space:normal;line-height:1.45;max-width:900px}
.debtdesk-help ul,ul.debtdesk-problems{margin:2px 0 4px;padding-left:20px}
.debtdesk-problems>li>span{display:block}
.debtdesk-saved{background:#eaf5ee;border-left:4px solid #1b6e3c;color:#0f4325;padding:5px 10px;
 margin:3px 0;white-space:normal}
.debtdesk-wrong input,.debtdesk-wrong textarea{border-color:#b54708!important;box-shadow:0 0 0 1px #b54708}
.jp-Cell:has(.debtdesk-stage) :is(.jp-OutputArea,.jp-OutputArea-child,.jp-OutputArea-output,.debtdesk-stage){
 overflow:visible}
.debtdesk-stage>.debtdesk-message{position:sticky;bottom:0;z-index:5}
.debtdesk-stage>.debtdesk-message .debtdesk-failed{max-width:none}
.debtdesk-onward{margin:14px 0 4px;font-size:17px}
.debtdesk-stage a{color:#1f4e79}
.debtdesk-fold{margin:6px 0}
.debtdesk-stage h3.debtdesk-group{font-size:16px;font-weight:600;margin:4px 0 2px}
.debtdesk-stage h2.debtdesk-part{font-size:19px;font-weight:600;margin:18px 0 2px;border-bottom:1px solid #c9ced6}
.debtdesk-choice{background:#e8eff7;border-left:4px solid #1f4e79;padding:6px 12px;margin:10px 0 0}
.debtdesk-stage p.debtdesk-conserved{margin:4px 0;font-size:16px}
.debtdesk-stage .widget-button{padding:2px 14px;height:32px}
.debtdesk-stage .debtdesk-download{width:auto}
.debtdesk-stage :focus-visible{outline:2px solid #1f4e79;outline-offset:1px}
table.debtdesk-table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:6px 0 10px;max-width:100%}
table.debtdesk-table caption{caption-side:top;text-align:left;color:#545c6b;padding:2px 0}
table.debtdesk-table th,table.debtdesk-table td{border-bottom:1px solid #dde1e7;padding:4px 12px;text-align:left;
 vertical-align:top;white-space:normal;overflow-wrap:break-word}
table.debtdesk-table .day{white-space:nowrap}
table.debtdesk-table thead th{border-bottom:2px solid #9aa3b2;font-weight:600}
table.debtdesk-table td.number,table.debtdesk-table th.number{text-align:right}
table.debtdesk-table td.number{white-space:nowrap}
table.debtdesk-offers th[title]{text-decoration:underline dotted #9aa3b2;text-underline-offset:3px;cursor:help}
table.debtdesk-offers th small{font-weight:400;color:#545c6b}
table.debtdesk-offers thead th{vertical-align:bottom}
table.debtdesk-offers thead th small{display:block}
table.debtdesk-offers .debtdesk-dominated,table.debtdesk-offers .debtdesk-dominated th,
table.debtdesk-offers .debtdesk-dominated td{color:#545c6b;background:#f1f2f5}
table.debtdesk-offers tr.debtdesk-head th{padding-top:12px;color:#1f4e79;text-align:left}
table.debtdesk-offers td.number{white-space:normal}
table.debtdesk-offers td.day{white-space:nowrap}
table.debtdesk-many tr.debtdesk-head th{border-left:1px solid #c9ced6}
table.debtdesk-many{font-size:13.5px;width:100%}
table.debtdesk-many th,table.debtdesk-many td{padding:3px 6px}
ol.debtdesk-legal{margin:0 0 8px;padding-left:26px;max-width:1100px}
p.debtdesk-legal{margin:6px 0 0}
dl.debtdesk-meanings{display:grid;grid-template-columns:12em minmax(0,900px);gap:2px 14px;margin:2px 0 8px}
dl.debtdesk-meanings:lang(en){grid-template-columns:19em minmax(0,900px)}
.debtdesk-stage dl.debtdesk-meanings dt{font-weight:600;float:none;clear:none;width:auto;padding:0}
.debtdesk-stage dl.debtdesk-meanings dd{margin:0;padding:0}
@media print{.debtdesk-bar,.widget-button,.widget-slider,.debtdesk-onward{display:none!important}}
</style>"""
