import { html, type Markup, cssString } from './markup'

interface Running {
  /** Top left and right on every page but the first, bottom left on all. */
  left: string
  right: string
  foot: string
}

/** The page itself: A4, with the running lines in its margins (CSS Paged Media; Chromium prints them from version 131 on). */
const page = ({ left, right, foot }: Running): Markup => html`
@page {
  size: A4; margin: 20mm 16mm 18mm;
  @top-left { content: ${cssString(left)}; font: 600 7.5pt/1 ${SANS}; color: #5b6675; }
  @top-right { content: ${cssString(right)}; font: 7.5pt/1 ${SANS}; color: #5b6675; }
  @bottom-left { content: ${cssString(foot)}; font: 7.5pt/1 ${SANS}; color: #5b6675; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.5pt/1 ${SANS}; color: #5b6675; }
}
@page :first { margin-top: 16mm; @top-left { content: none; } @top-right { content: none; } }`

const SANS = html`"Inter", "Helvetica Neue", Arial, "Liberation Sans", sans-serif`
const MONO = html`ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`

const text = html`
:root { color-scheme: only light; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 178mm; background: #fff; color: #1c2430; font: 10pt/1.45 ${SANS}; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
p { margin-bottom: 2.5mm; orphans: 3; widows: 3; }
h2 + p { break-inside: avoid; break-after: avoid; }
h2 { font-size: 15pt; line-height: 1.2; font-weight: 600; margin: 9mm 0 3mm; break-after: avoid; }
h3 { font-size: 10.5pt; line-height: 1.3; font-weight: 600; margin-bottom: 1mm; break-after: avoid; }
b { font-weight: 600; }
code { font-family: ${MONO}; font-size: 0.86em; }
main > section:first-child > h2 { margin-top: 0; }
@media screen { body { padding: 12mm 6mm; } }`

const tables = html`
table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 1mm 0 5mm; font-size: 8.5pt; line-height: 1.35; }
caption { text-align: left; font-weight: 600; font-size: 9pt; padding-bottom: 1.2mm; break-after: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
thead { break-after: avoid; }
tbody tr:nth-child(2), tbody tr:last-child { break-before: avoid; }
th { text-align: left; vertical-align: bottom; font-weight: 600; font-size: 7.5pt; color: #5b6675; padding: 1mm 3mm 1mm 0; border-bottom: 0.75pt solid #b9c2ce; overflow-wrap: normal; }
td { overflow-wrap: anywhere; vertical-align: top; padding: 1mm 3mm 1mm 0; border-bottom: 0.5pt solid #e4e8ee; }
th:last-child, td:last-child { padding-right: 0; }
.code { font-family: ${MONO}; font-size: 7.5pt; }
th.code { font-family: inherit; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { white-space: normal; }
.inside { color: #0a6b66; }
.outside { color: #955000; }
.computer { color: #3f5a78; }
.unknown { color: #5b6675; font-style: italic; }
.omitted { break-before: avoid; margin-top: -3.5mm; margin-bottom: 5mm; font-size: 8pt; color: #5b6675; }
.short, .sources { break-inside: avoid; }
.sources { break-before: avoid; }
.sources { font-size: 7pt; line-height: 1.3; color: #5b6675; margin-top: 2mm; }
.sources caption { font-size: 7pt; color: #5b6675; padding-bottom: 0.4mm; }
.sources th { font-size: 6.5pt; padding: 0.4mm 3mm 0.4mm 0; border-color: #e4e8ee; }
.sources td { padding: 0.4mm 3mm 0.4mm 0; border-color: #eef1f5; }
.sources th:first-child { width: 24%; }
.sources .code { font-size: 6.5pt; }`

const charts = html`
figure { margin: 1mm 0 5mm; break-inside: avoid; }
figcaption { font-weight: 600; font-size: 9pt; padding-bottom: 1.5mm; }
svg { display: block; max-width: 100%; height: auto; }
figure svg { width: 100%; }
svg text { font: 8.5px ${SANS}; fill: #1c2430; }
svg .label { font-family: ${MONO}; font-size: 8px; }
svg .track { fill: #eef1f5; }
svg rect.inside { fill: #0b7a75; }
svg rect.outside { fill: #b86a00; }
svg rect.computer { fill: #5f7c9e; }
svg.mark rect.inside { fill: #8fd0c6; }
svg.mark rect.outside { fill: #f0c48a; }
svg.mark .neither { fill: #dde3ea; }
svg.mark .wall { fill: #1c2430; }
svg.mark .door { fill: none; stroke: #1c2430; stroke-width: 3; }
svg.mark .absent { stroke: #955000; stroke-width: 2; stroke-dasharray: 2 4; }
svg.mark .paper { fill: #ffffff; }
svg.mark .hatch { fill: none; stroke: #5b6675; stroke-width: 2; }`

const coverPage = html`
.cover { break-after: page; }
.kicker { font-size: 9pt; font-weight: 600; color: #1c2430; margin-bottom: 4mm; }
.kicker span { font-weight: 400; color: #5b6675; margin-left: 2mm; }
h1 { font-size: 25pt; line-height: 1.15; font-weight: 600; letter-spacing: -0.01em; margin-bottom: 4mm; }
.verdict { border-left: 1.2mm solid #5b6675; padding: 0.5mm 0 0.5mm 4mm; margin-bottom: 4mm; }
.verdict.open, .verdict.weak { border-color: #b42318; }
.verdict .headline { font-size: 15pt; line-height: 1.2; font-weight: 600; margin-bottom: 1.2mm; }
.verdict.open .headline, .verdict.weak .headline { color: #b42318; }
.verdict p { margin-bottom: 0; }
.verdict .coverage { font-size: 8.5pt; color: #5b6675; margin-top: 1mm; }
.ends { display: flex; justify-content: space-between; gap: 6mm; font-size: 8pt; margin-bottom: 1mm; }
.strip { display: grid; grid-template-columns: repeat(8, 1fr); gap: 2.5mm; list-style: none; margin-bottom: 4mm; font-size: 8.5pt; line-height: 1.3; }
.strip li { min-width: 0; text-align: center; }
.strip b { font-family: ${MONO}; font-size: 8.5pt; }
.strip svg { width: 14mm; margin: 1mm auto; }
.strip span { display: block; }
.strip .others { font-size: 7pt; color: #5b6675; }
.about { columns: 2; column-gap: 8mm; font-size: 8.5pt; line-height: 1.35; margin-bottom: 4mm; }
.about div { break-inside: avoid; padding: 0.9mm 0; border-bottom: 0.5pt solid #e4e8ee; display: flex; gap: 3mm; }
.about .proof { column-span: all; }
.about dt { flex: 0 0 20mm; color: #5b6675; }
.cover table { margin-bottom: 4mm; }
.how { background: #f4f6f9; padding: 3mm 5mm 2.5mm; font-size: 8.5pt; line-height: 1.4; break-inside: avoid; }
.how h2 { font-size: 10.5pt; margin: 0 0 1.5mm; }
.how p { margin-bottom: 1.5mm; }
.key { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5mm 6mm; list-style: none; margin-top: 2.5mm; }
.key li { display: flex; gap: 3mm; align-items: center; }
.key svg { flex: 0 0 10mm; width: 10mm; }`

const findings = html`
.finding { break-inside: avoid; border-left: 0.8mm solid #b9c2ce; padding: 0.3mm 0 0.3mm 4mm; margin-bottom: 5mm; }
.finding p { margin-bottom: 1.2mm; font-size: 9pt; line-height: 1.4; }
.finding.critical, .finding.high, .finding.medium { border-color: #b42318; }
.finding.medium { border-left-style: dashed; }
.severity { display: inline-block; min-width: 14mm; margin-right: 1.5mm; padding: 0.3mm 1.6mm; border: 0.75pt solid #5b6675; font-size: 7.5pt; font-weight: 600; text-align: center; color: #5b6675; vertical-align: 0.3mm; }
.critical .severity, .high .severity { background: #b42318; border-color: #b42318; color: #fff; }
.medium .severity { border-color: #b42318; color: #b42318; }
.evidence { list-style: none; margin: 0 0 1.5mm; font: 7.5pt/1.4 ${MONO}; color: #3c4654; }
.evidence li { padding-left: 3mm; text-indent: -3mm; }
.evidence li::before { content: "· "; }
.finding .remedy { background: #f4f6f9; padding: 1.2mm 2.5mm; }
.finding .reference { font-size: 7.5pt; color: #5b6675; margin: 0; }`

/** The report's whole style sheet, with the running lines of this report. */
export const style = (running: Running): Markup => html`${page(running)}${text}${tables}${charts}${coverPage}${findings}`
