/** The style sheet of the pay pages: one column, light and dark, readable on paper, mirrored by `dir` alone. */
export const PAY_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --ink: #16191f; --soft: #5a6270; --line: #e3e6ea; --field: #f7f8fa;
  --accent: #1d4ed8; --accent-ink: #fff; --warn: #9a3412; --warn-back: #fff1e8; --good: #166534; --good-back: #e9f7ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1115; --card: #181b21; --ink: #eceef2; --soft: #a3abb8; --line: #2b303a; --field: #1f232b;
    --accent: #8fb4ff; --accent-ink: #0c1526; --warn: #ffb58a; --warn-back: #3a2114; --good: #86e0a6; --good-back: #15301f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
.sheet { max-width: 36rem; margin: 0 auto; padding: 2.5rem 1rem 3rem; }
h1, h2, p, dl, dd, ul { margin: 0; padding: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .4rem; }
.seller { font-size: 1.125rem; font-weight: 650; padding: 0 .25rem 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.75rem; }
.card + .card { margin-top: 1rem; }
.kind { color: var(--soft); display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
.badge { font-size: .8125rem; font-weight: 600; padding: .1rem .6rem; border-radius: 1rem; color: var(--warn); background: var(--warn-back); }
.sum { margin-top: .9rem; }
.sum .label { display: block; font-size: .9375rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
.sum .money { font-size: clamp(2rem, 9vw, 2.75rem); font-weight: 700; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.when { color: var(--soft); margin-top: .15rem; text-wrap: balance; }
.when.late { color: var(--warn); font-weight: 600; }
.outcome { display: flex; gap: .9rem; align-items: flex-start; }
.outcome h1 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; }
.outcome p { color: var(--soft); margin-top: .3rem; }
.outcome p.advice { color: var(--ink); margin-top: .75rem; }
.mark { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; color: var(--soft); background: var(--field); }
.mark.good { color: var(--good); background: var(--good-back); }
.mark svg { width: 1.375rem; height: 1.375rem; fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linecap: round; stroke-linejoin: round; }
.facts { margin-top: 1.4rem; border-top: 1px solid var(--line); padding-top: 1.1rem; display: grid; gap: .4rem; }
.facts div { display: flex; justify-content: space-between; gap: .9rem; }
.facts dt { color: var(--soft); flex: none; max-width: 60%; overflow-wrap: break-word; }
.facts dd { text-align: end; font-variant-numeric: tabular-nums; min-width: 0; }
.facts .strong dt, .facts .strong dd { color: var(--ink); font-weight: 650; }
.document { margin-top: 1.1rem; }
h2 { font-size: 1.125rem; line-height: 1.35; letter-spacing: -.005em; }
.hint { color: var(--soft); font-size: .9375rem; margin-top: .2rem; }
.online { display: grid; gap: .6rem; margin-top: .9rem; list-style: none; }
.go { display: block; text-align: center; text-decoration: none; font-weight: 650; padding: .8rem 1rem; border-radius: .7rem; background: var(--accent); color: var(--accent-ink); }
li + li .go { background: none; color: var(--accent); box-shadow: inset 0 0 0 1.5px var(--accent); }
.go:hover { filter: brightness(1.08); }
.account { margin-top: 1rem; }
.account + .account { margin-top: 1.5rem; padding-top: 1.3rem; border-top: 1px solid var(--line); }
.account h3 { margin: 0 0 .5rem; font-size: 1rem; }
.fields { display: grid; gap: .5rem; }
.fields > div { background: var(--field); border-radius: .7rem; padding: .55rem .9rem; display: grid; grid-template-columns: 1fr auto; align-items: center; column-gap: .75rem; }
.fields dt { color: var(--soft); font-size: .8125rem; grid-column: 1; }
.fields dd { grid-column: 1; text-wrap: balance; font-weight: 550; font-variant-numeric: tabular-nums; user-select: all; }
.fields dd.note { font-weight: 400; font-size: .8125rem; color: var(--soft); user-select: auto; grid-column: 1 / -1; margin-top: .15rem; }
.fields dd.act { grid-column: 2; grid-row: 1 / span 2; user-select: none; }
.copy { font: inherit; font-size: .875rem; font-weight: 600; color: var(--accent); background: var(--card); border: 1px solid var(--line); border-radius: .55rem; padding: .4rem .8rem; min-height: 2.5rem; min-width: 5.5rem; cursor: pointer; }
.copy:hover { border-color: var(--accent); }
.copy.done { color: var(--good); border-color: currentColor; }
footer { color: var(--soft); font-size: .875rem; padding: 1.4rem .25rem 0; display: grid; gap: .7rem; }
footer address { font-style: normal; }
[hidden] { display: none !important; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 26rem) {
  .sheet { padding-top: 1.25rem; }
  .card { padding: 1.25rem; }
  .fields > div { padding: .55rem .7rem; column-gap: .5rem; }
  .fields dd.value { font-size: .9375rem; }
  .copy { min-width: 0; padding: .4rem .6rem; font-size: .8125rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #bbb; --field: #fff; --accent: #000; --warn: #000; --warn-back: #fff; --good: #000; --good-back: #fff; }
  body { font-size: .875rem; }
  .sheet { max-width: none; padding: 0; }
  .card { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0; }
  .account, .fields > div { break-inside: avoid; }
  .fields { gap: .2rem; }
  .fields > div { padding: 0; grid-template-columns: 11rem 1fr; }
  .fields dd, .fields dd.note { grid-column: 2; margin: 0; }
  .fields dd.act, .mark, .document { display: none; }
  .go, li + li .go { text-align: start; padding: 0; background: none; color: #000; box-shadow: none; border-radius: 0; }
  .go::after { content: " " attr(href); font-weight: 400; }
}
`;

/**
 * Shows the copy buttons and makes them work. Where there is no clipboard API (plain http), the value is selected in a
 * text field and copied the old way; when that fails too, the value on the page is selected for the reader.
 */
export const PAY_SCRIPT = `
(function () {
  var said = document.getElementById('said');
  function oldWay(text) {
    var field = document.createElement('textarea');
    field.value = text;
    field.className = 'aside';
    document.body.appendChild(field);
    field.select();
    var copied = document.execCommand('copy');
    field.remove();
    return copied ? Promise.resolve() : Promise.reject(new Error('not copied'));
  }
  function copy(text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text) : oldWay(text);
  }
  document.querySelectorAll('button[data-copy]').forEach(function (button) {
    var label = button.textContent;
    button.closest('dd').hidden = false;
    button.addEventListener('click', function () {
      copy(button.dataset.copy).then(function () {
        button.textContent = button.dataset.copied;
        button.classList.add('done');
        said.textContent = button.dataset.copied;
        setTimeout(function () {
          button.textContent = label;
          button.classList.remove('done');
          said.textContent = '';
        }, 2000);
      }, function () {
        getSelection().selectAllChildren(button.closest('div').querySelector('.value'));
      });
    });
  });
})();
`;
