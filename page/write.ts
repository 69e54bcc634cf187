import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unwritable } from "../platform/unwritable.ts";
import type { Redact } from "../reporting/redacted.ts";
import { clientCode } from "./client-code.ts";
import type { PageData } from "./data.ts";
import { pageHtml, versionMark } from "./html.ts";
import { type Drawing, layOut } from "./layout.ts";

/** What a page shows in addition to its picture, if it has one: that is laid out only where the page is written. */
export type Content<Data> = Data extends PageData ? Omit<Data, "picture"> : never;

/**
 * Writes a page, whole or not at all.
 *
 * @param isForced write it also where the file is there and nothing has changed since
 * @returns whether it was written
 * @throws UserError where the file cannot be written
 */
export async function writePage(
  file: string,
  title: string,
  content: Content<PageData>,
  drawing: Drawing | undefined,
  isForced: boolean,
): Promise<boolean> {
  const code = await clientCode();
  const version = versionOf(title, content, drawing, code);
  if (!isForced && hasVersion(file, version)) return false;
  const html = await pageText(title, content, drawing, { version });
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.pending`, html);
    renameSync(`${file}.pending`, file);
  } catch (error) {
    throw unwritable(`page ${file}`, error, "name a file in a folder that can be written");
  }
  return true;
}

/**
 * The page as text.
 *
 * @param drawing undefined for a page without a picture
 * @param version of everything in it, in hexadecimal digits @default none
 * @param redact hides what no report may repeat @default nothing
 */
export async function pageText(
  title: string,
  content: Content<PageData>,
  drawing: Drawing | undefined,
  { version = "", redact }: { readonly version?: string; readonly redact?: Redact } = {},
): Promise<string> {
  const safe = drawing === undefined || redact === undefined ? drawing : redactedDrawing(drawing, redact);
  const data = (safe === undefined ? content : { ...content, picture: await layOut(safe) }) as PageData;
  return pageHtml(title, redact === undefined ? data : redact(data), await clientCode(), version);
}

/** Before it is laid out: a name that does not fit loses its middle, in which nothing could be recognized. */
function redactedDrawing({ nodes, edges }: Drawing, redact: Redact): Drawing {
  const lines = redact(nodes.map((node) => node.lines));
  return { nodes: nodes.map((node, index) => ({ ...node, lines: lines[index] ?? [] })), edges };
}

/** Of everything that the page is made from. */
function versionOf(title: string, content: unknown, drawing: Drawing | undefined, code: unknown): string {
  const boxes = drawing?.nodes.map(({ resource, ...node }) => [
    node,
    resource?.address,
    resource?.origin,
    resource?.values,
  ]);
  return createHash("sha256")
    .update(JSON.stringify([title, content, boxes, drawing?.edges, code]))
    .digest("hex");
}

/** The mark is the first thing in a page, so that the rest need not be read. */
function hasVersion(file: string, version: string): boolean {
  const wanted = Buffer.from(versionMark(version));
  const found = Buffer.alloc(wanted.length);
  try {
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, found);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
  return found.equals(wanted);
}
