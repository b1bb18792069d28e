/** What the page of the graph is made of. */
export interface GraphPage {
  /** The drawing; names in it are escaped by who drew it. */
  readonly svg: string;
  readonly nonce: string;
  /** The address of the page's script. */
  readonly script: string;
  readonly title: string;
  readonly empty: string;
  readonly language: string;
}

/**
 * The page around a drawing. Its policy allows the one script with this page's nonce and styles with the same nonce: nothing is
 * loaded from elsewhere, and nothing in the drawing can run.
 */
export function graphPage({ svg, nonce, script, title, empty, language }: GraphPage): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const drawing = svg === "" ? `<p>${escapeHtml(empty)}</p>` : withNonce(svg, nonce);
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>${drawing}</main>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

/** The drawing's own style must carry the nonce too. */
function withNonce(svg: string, nonce: string): string {
  return svg.replace(/<style\b/g, `<style nonce="${nonce}"`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The drawing takes its colours from those of VS Code by itself. */
const style = `
body { padding: 1rem; }
main { overflow: auto; }
svg { height: auto; max-width: 100%; min-width: 44rem; }
`;
