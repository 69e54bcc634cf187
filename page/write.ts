import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unwritable } from "../platform/unwritable.ts";
import type { Topology } from "../rules/topology/topology.ts";
import { clientCode } from "./client-code.ts";
import type { PageData } from "./data.ts";
import { pageHtml, versionMark } from "./html.ts";
import { layOut } from "./layout.ts";

/** What a page shows in addition to its picture, which is laid out only where the page is written. */
type Content<Data> = Data extends PageData ? Omit<Data, "picture"> : never;

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
  topology: Topology,
  isForced: boolean,
): Promise<boolean> {
  const code = await clientCode();
  const version = versionOf(title, content, topology, code);
  if (!isForced && hasVersion(file, version)) return false;
  const data = { ...content, picture: await layOut(topology) } as PageData;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.pending`, pageHtml(title, data, code, version));
    renameSync(`${file}.pending`, file);
  } catch (error) {
    throw unwritable(`page ${file}`, error, "name a file in a folder that can be written");
  }
  return true;
}

/** Of everything that the page is made from. */
function versionOf(title: string, content: unknown, { nodes, edges }: Topology, code: unknown): string {
  const boxes = nodes.map(({ resource: { address, origin, values }, ...node }) => [
    node,
    address,
    origin,
    values,
  ]);
  return createHash("sha256")
    .update(JSON.stringify([title, content, boxes, edges, code]))
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
