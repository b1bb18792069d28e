// Runs in the page of the graph: a click on a node, Enter or Space tell the extension what it stands for.

export {};

interface Shell {
  postMessage(message: { readonly uri: string; readonly offset: number }): void;
  getState(): { readonly focus?: string } | undefined;
  setState(state: { readonly focus: string }): void;
}

declare function acquireVsCodeApi(): Shell;

const shell = acquireVsCodeApi();
const nodes = [...document.querySelectorAll<SVGElement>("[data-uri]")];

for (const node of nodes) {
  node.addEventListener("click", () => open(node));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open(node);
  });
  node.addEventListener("focus", () => shell.setState({ focus: nameOf(node) }));
}

// The page is made anew when the chains change: the focus stays where it was.
const focused = shell.getState()?.focus;
nodes.find((node) => nameOf(node) === focused)?.focus();

function open({ dataset }: SVGElement): void {
  shell.postMessage({ uri: dataset["uri"] ?? "", offset: Number(dataset["offset"]) });
}

function nameOf(node: SVGElement): string {
  return node.getAttribute("aria-label") ?? "";
}
