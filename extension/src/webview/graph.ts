// Runs in the page of the graph: a click or Enter on a link tells the extension, and what was in focus stays so.

export {};

interface Shell {
  postMessage(message: { readonly open: string }): void;
  getState(): { readonly focus?: string } | undefined;
  setState(state: { readonly focus: string }): void;
}

declare function acquireVsCodeApi(): Shell;

const shell = acquireVsCodeApi();

document.addEventListener("click", (event) => {
  const target = targetOf(event.target);
  if (target === undefined) return;
  event.preventDefault();
  shell.postMessage({ open: target });
});

document.addEventListener("focusin", (event) => {
  const focus = targetOf(event.target);
  if (focus !== undefined) shell.setState({ focus });
});

const focused = shell.getState()?.focus;
for (const link of document.querySelectorAll<SVGAElement>("a")) {
  if (focused !== undefined && hrefOf(link) === focused) link.focus();
}

/** Where the link around an element leads. */
function targetOf(element: EventTarget | null): string | undefined {
  const link = element instanceof Element ? element.closest("a") : null;
  return link ? hrefOf(link) : undefined;
}

function hrefOf(link: Element): string | undefined {
  return link.getAttribute("href") ?? undefined;
}
