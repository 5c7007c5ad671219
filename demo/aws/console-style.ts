/** Plain, and dark where the reader's system is. */
export const consoleStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 22%, Canvas); --quiet: color-mix(in srgb, CanvasText 72%, Canvas); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 12px 24px; background: #232f3e; color: #fff; }
main { max-width: 680px; margin: 28px auto 64px; padding: 0 20px; }
h1 { margin: 0 0 4px; font-size: 22px; }
h2 { margin: 0 0 4px; font-size: 16px; }
fieldset, section { margin: 20px 0; padding: 16px; border: 1px solid var(--line); border-radius: 6px; }
legend { padding: 0 6px; font-weight: 600; }
label { display: block; margin: 12px 0 4px; font-weight: 600; }
label:first-of-type { margin-top: 0; }
input, select { width: 100%; padding: 8px; font: 14px ui-monospace, monospace; color: inherit; background: Canvas; border: 1px solid var(--line); border-radius: 4px; }
button { padding: 10px 18px; font: inherit; font-weight: 600; color: #111; background: #ff9900; border: 0; border-radius: 4px; cursor: pointer; }
button:disabled { opacity: 0.6; cursor: default; }
:focus-visible { outline: 3px solid #0972d3; outline-offset: 2px; }
.hint { margin: 6px 0; color: var(--quiet); font-size: 13px; }
details { margin: 8px 0; }
summary { cursor: pointer; font: 14px ui-monospace, monospace; }
pre { margin: 6px 0; padding: 10px; overflow-x: auto; font: 12px/1.5 ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; }
#result:not(:empty), #problem:not(:empty) { margin-top: 20px; padding: 14px; border: 1px solid var(--line); border-left-width: 5px; border-radius: 4px; }
#result:not(:empty) { border-left-color: #037f0c; }
#problem:not(:empty) { border-left-color: #d91515; }
#result code { display: block; margin: 8px 0; overflow-wrap: anywhere; font-size: 14px; }
`;
