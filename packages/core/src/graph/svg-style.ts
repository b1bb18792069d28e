/**
 * The looks of the drawing. Each colour is a variable that a page may set; without one it takes VS Code's, and else one of ours
 * for light or dark. Contrast of text is at least 4.5 to 1 in both.
 */
export const svgStyle = `
.rc-graph {
  --rc-back: var(--registry-cache-background, var(--vscode-editor-background, #ffffff));
  --rc-card: var(--registry-cache-card, var(--vscode-editorWidget-background, #f6f8fa));
  --rc-text: var(--registry-cache-text, var(--vscode-editor-foreground, #1f2328));
  --rc-dim: var(--registry-cache-dim, var(--vscode-descriptionForeground, #59636e));
  --rc-line: var(--registry-cache-line, var(--vscode-editorWidget-border, #8c959f));
  --rc-focus: var(--registry-cache-focus, var(--vscode-focusBorder, #0969da));
  --rc-ok: var(--registry-cache-ok, var(--vscode-testing-iconPassed, #1a7f37));
  --rc-warning: var(--registry-cache-warning, var(--vscode-editorWarning-foreground, #9a6700));
  --rc-error: var(--registry-cache-error, var(--vscode-editorError-foreground, #cf222e));
  --rc-unknown: var(--registry-cache-unknown, var(--vscode-descriptionForeground, #59636e));
  background: var(--rc-back);
  font-family: var(--vscode-font-family, system-ui, sans-serif);
}
@media (prefers-color-scheme: dark) {
  .rc-graph {
    --rc-back: var(--registry-cache-background, var(--vscode-editor-background, #0d1117));
    --rc-card: var(--registry-cache-card, var(--vscode-editorWidget-background, #161b22));
    --rc-text: var(--registry-cache-text, var(--vscode-editor-foreground, #e6edf3));
    --rc-dim: var(--registry-cache-dim, var(--vscode-descriptionForeground, #9198a1));
    --rc-line: var(--registry-cache-line, var(--vscode-editorWidget-border, #6e7681));
    --rc-focus: var(--registry-cache-focus, var(--vscode-focusBorder, #4493f8));
    --rc-ok: var(--registry-cache-ok, var(--vscode-testing-iconPassed, #3fb950));
    --rc-warning: var(--registry-cache-warning, var(--vscode-editorWarning-foreground, #d29922));
    --rc-error: var(--registry-cache-error, var(--vscode-editorError-foreground, #f85149));
    --rc-unknown: var(--registry-cache-unknown, var(--vscode-descriptionForeground, #9198a1));
  }
}
.rc-graph .back { fill: var(--rc-back); }
.rc-graph .heading { fill: var(--rc-dim); font-size: 12px; font-weight: 600; letter-spacing: 0.02em; }
.rc-graph .label { fill: var(--rc-text); font-size: 13px; font-weight: 600; }
.rc-graph .note { fill: var(--rc-dim); font-size: 11px; }
.rc-graph .card { fill: var(--rc-card); stroke: var(--rc-line); stroke-width: 1; }
.rc-graph .edge { fill: none; stroke-width: 1.5; stroke: var(--rc-line); }
.rc-graph .mark { fill: none; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.rc-graph .ok .mark { stroke: var(--rc-ok); }
.rc-graph .warning .mark, .rc-graph .edge.warning { stroke: var(--rc-warning); }
.rc-graph .error .mark, .rc-graph .edge.error { stroke: var(--rc-error); }
.rc-graph .unknown .mark, .rc-graph .edge.unknown { stroke: var(--rc-unknown); }
.rc-graph .warning .card { stroke: var(--rc-warning); }
.rc-graph .error .card { stroke: var(--rc-error); stroke-width: 1.75; }
.rc-graph .unknown .card { stroke-dasharray: 5 4; }
.rc-graph .edge.warning { stroke-dasharray: 9 4; }
.rc-graph .edge.error { stroke-dasharray: 4 3; stroke-width: 2; }
.rc-graph .edge.unknown { stroke-dasharray: 1 5; stroke-linecap: round; }
.rc-graph .node[data-uri] { cursor: pointer; }
.rc-graph .node:focus { outline: none; }
.rc-graph .node:focus .card { stroke: var(--rc-focus); stroke-width: 3; stroke-dasharray: none; }
`;
