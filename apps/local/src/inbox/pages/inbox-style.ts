/** The style sheet of the inbox: list and mail, narrow and wide, light and dark. */
export const INBOX_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --ink: #171a20; --soft: #5b6472; --line: #e2e5ea; --hover: #f0f4fe; --field: #f7f8fa;
  --accent: #1d4ed8; --warn: #9a3412; --warn-back: #fff1e8; --chip: #eceff3; --mail: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1115; --card: #171a20; --ink: #e9ebf0; --soft: #a0a8b6; --line: #2a2f39; --hover: #1e2430; --field: #1d2129;
    --accent: #8fb4ff; --warn: #ffb58a; --warn-back: #3a2114; --chip: #272c36;
  }
}
* { box-sizing: border-box; }
html { height: 100%; }
body {
  margin: 0; min-height: 100%; display: flex; flex-direction: column; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--accent); }
h1, h2, p, ol, ul, dl, dd { margin: 0; padding: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.wrap { width: 100%; max-width: 68rem; margin: 0 auto; padding: 1.25rem 1rem 2rem; display: flex; flex-direction: column; flex: 1; }
.soft { color: var(--soft); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
.chip { display: inline-block; font-size: .75rem; font-weight: 600; line-height: 1.5; padding: 0 .5rem; border-radius: 1rem; background: var(--chip); color: var(--soft); white-space: nowrap; }
.chip.warn { background: var(--warn-back); color: var(--warn); }
.notice { background: var(--warn-back); color: var(--warn); border-radius: .6rem; padding: .6rem .9rem; margin-bottom: 1rem; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-bottom: 1rem; }
.bar h1 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; }
.bar form { margin-inline-start: auto; flex: 0 1 19rem; }
.bar input { width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .45rem .75rem; }
.mails { list-style: none; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: minmax(9rem, 15rem) minmax(0, 1fr) auto; gap: .1rem 1.25rem; padding: .65rem 1rem; color: inherit; text-decoration: none; align-items: center; }
.mails a:hover { background: var(--hover); }
.mails .who, .mails .what, .mails .start { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .what { font-weight: 600; }
.mails .sender { color: var(--soft); font-size: .8125rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .start { color: var(--soft); font-size: .8125rem; }
.mails .when { color: var(--soft); font-size: .8125rem; white-space: nowrap; text-align: end; font-variant-numeric: tabular-nums; }
.mails .chips { text-align: end; line-height: 1.25rem; white-space: nowrap; }
.empty { background: var(--card); border: 1px dashed var(--line); border-radius: .8rem; padding: 3rem 1.5rem; text-align: center; display: grid; gap: .6rem; justify-items: center; }
.empty h2 { font-size: 1.125rem; }
.pager { display: flex; justify-content: space-between; gap: 1rem; padding: .9rem .25rem 0; }
.pager a, .crumbs a { text-decoration: none; }
.crumbs { display: flex; gap: 1.25rem; margin-bottom: .75rem; }
.crumbs .last { margin-inline-start: auto; }
.mail { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; display: flex; flex-direction: column; flex: 1; overflow: hidden; }
.head { padding: 1.1rem 1.25rem .9rem; }
.head h1 { font-size: 1.25rem; line-height: 1.35; letter-spacing: -.01em; margin-bottom: .6rem; }
.head dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem .9rem; }
.head dt { color: var(--soft); }
.tabs { display: flex; overflow-x: auto; border-bottom: 1px solid var(--line); padding: 0 .75rem; }
.tabs a { padding: .5rem .65rem; color: var(--soft); text-decoration: none; white-space: nowrap; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.pane { flex: 1; display: flex; flex-direction: column; }
.pane > p { padding: 1.25rem; }
.pane pre { margin: 0; padding: 1.1rem 1.25rem; white-space: pre-wrap; line-height: 1.55; }
.view { display: flex; flex-wrap: wrap; gap: .4rem 1.25rem; padding: .6rem 1.25rem; border-bottom: 1px solid var(--line); font-size: .8125rem; }
.view fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: .8rem; align-items: center; }
.view legend { float: inline-start; padding: 0; color: var(--soft); margin-inline-end: .1rem; }
.view label { display: flex; gap: .35rem; align-items: center; cursor: pointer; }
.view input { margin: 0; accent-color: var(--accent); }
.stage { flex: 1; display: flex; justify-content: center; background: var(--field); }
.stage iframe { border: 0; width: 100%; min-height: 42rem; flex: 1; background: var(--mail); color-scheme: light; }
.pane:has(#phone:checked) iframe { max-width: 22.5rem; margin: 1rem 0; border: 1px solid var(--line); border-radius: .8rem; }
.pane:has(#dark:checked) iframe { color-scheme: dark; background: #121212; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .5rem 1.25rem; border-bottom: 1px solid var(--line); font-weight: 400; }
tr:last-child > * { border-bottom: 0; }
th { color: var(--soft); width: 1%; white-space: nowrap; padding-inline-end: .5rem; }
td:nth-child(n + 2) { padding-inline-start: .5rem; }
.files { list-style: none; display: flex; flex-direction: column; flex: 1; }
.files li { padding: 1rem 1.25rem; display: flex; flex-direction: column; }
.files li + li { border-top: 1px solid var(--line); }
.files .name { font-weight: 600; }
.files .acts { display: flex; gap: 1rem; margin-top: .3rem; }
.files iframe { border: 1px solid var(--line); border-radius: .6rem; width: 100%; height: 46rem; margin-top: .9rem; background: var(--field); }
.files img { max-width: 100%; max-height: 24rem; object-fit: contain; align-self: start; margin-top: .9rem; border-radius: .4rem; }
@media (max-width: 44rem) {
  .wrap { padding: 1rem .75rem 1.5rem; }
  .bar form { flex-basis: 100%; }
  .mails a { grid-template-columns: minmax(0, 1fr) auto; padding: .65rem .85rem; }
  .mails .what { grid-column: 1 / -1; grid-row: 2; }
  .mails .sender { display: none; }
  .mails .start { grid-column: 1 / -1; grid-row: 3; }
  .mails .when { grid-column: 2; grid-row: 1; }
  .mails .chips { grid-column: 1 / -1; grid-row: 4; text-align: start; margin-top: .2rem; }
  .head { padding: 1rem 1rem .75rem; }
  .head dl { grid-template-columns: auto minmax(0, 1fr); column-gap: .7rem; }
  .pane > p, .pane pre, .files li { padding-inline: 1rem; }
  th, td { display: block; width: auto; padding: 0 1rem; border: 0; white-space: normal; }
  td:nth-child(n + 2) { padding-inline-start: 1rem; }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
}
`;
