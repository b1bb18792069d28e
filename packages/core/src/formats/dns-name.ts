import { utf8Length } from "../encoding/utf8.ts";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const maxSubdomain = 253;
const maxLabel = 63;

/** Says in what way a text is no DNS-1123 subdomain, one text for each error of apimachinery's IsDNS1123Subdomain. */
export function dns1123SubdomainProblems(text: string): readonly string[] {
  const problems: string[] = [];
  if (utf8Length(text) > maxSubdomain) problems.push(`must be no more than ${maxSubdomain} bytes`);
  if (!subdomain.test(text)) {
    problems.push(
      "must consist of lower-case letters, digits, '-' or '.', and each part must start and end with a letter or digit",
    );
  }
  return problems;
}

/** Says in what way a text is no DNS-1123 label, one text for each error of apimachinery's IsDNS1123Label. */
export function dns1123LabelProblems(text: string): readonly string[] {
  const problems: string[] = [];
  if (utf8Length(text) > maxLabel) problems.push(`must be no more than ${maxLabel} bytes`);
  if (label.test(text)) return problems;
  const dotted = dns1123SubdomainProblems(text).length === 0;
  const rule = "must consist of lower-case letters, digits or '-', and must start and end with a letter or digit";
  return [...problems, dotted ? "must not contain dots" : rule];
}

/** Says in what way a text is no `host[:port]`, one text for each error of the extension's ValidateUpstream. */
export function upstreamProblems(text: string): readonly string[] {
  // Nearly every upstream is a plain host, and several rules ask for each.
  if (text.length <= maxSubdomain && subdomain.test(text)) return [];
  const { host, port } = splitPort(text);
  return [...(port === undefined ? [] : portProblems(port)), ...dns1123SubdomainProblems(host)];
}

/** The labels of a host that are longer than DNS can resolve (63 bytes), which the extension's admission lets pass. */
export function longLabels(host: string): readonly string[] {
  return host.split(".").filter((part) => utf8Length(part) > maxLabel);
}

/** Splits the port off, but only where nothing but digits follows the last colon. */
function splitPort(text: string): { readonly host: string; readonly port?: string } {
  const colon = text.lastIndexOf(":");
  const port = text.slice(colon + 1);
  return colon >= 0 && /^\d+$/.test(port) ? { host: text.slice(0, colon), port } : { host: text };
}

function portProblems(port: string): readonly string[] {
  if (port.startsWith("0")) return ["the port must not start with 0"];
  return port.length > 5 || Number(port) > 65535 ? ["the port must be between 1 and 65535"] : [];
}
