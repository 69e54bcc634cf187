import { createHash } from "node:crypto";
import { printable, printableLines, withTexts } from "../reporting/escape.ts";
import type { PageData } from "./data.ts";

/** The program and the style of all pages. */
export interface ClientCode {
  readonly script: string;
  readonly style: string;
}

/**
 * A page in one file that requests nothing: its policy admits the script and the style in it by their hashes, and no
 * image, font, frame, form or connection.
 *
 * @param title of the window; any text
 * @param version of everything in it, in hexadecimal digits
 */
export function pageHtml(
  title: string,
  data: PageData,
  { script, style }: ClientCode,
  version: string,
): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  return `${versionMark(version)}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(printable(title))}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<noscript>This page draws itself with the script in it: allow scripts for this file to read it.</noscript>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** What a page begins with. */
export function versionMark(version: string): string {
  return `<!doctype html>\n<!-- ${version} -->`;
}

/** JSON that no parser of HTML takes for the end of its element or for a comment, and whose texts turn no sentence around. */
function embedded(data: PageData): string {
  return JSON.stringify(withTexts(data, printableLines)).replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

function unicodeEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
