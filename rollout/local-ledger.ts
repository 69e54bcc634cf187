import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import type { LedgerStore } from "./client.ts";
import type { Ledger } from "./ledger.ts";

/** Versions that are kept as history. */
const MAX_VERSIONS = 20;
/** Reads of a version that a writer deleted meanwhile; each needs twenty writes in between. */
const MAX_READS = 10;

/**
 * A ledger in files of one folder, for development and for environments whose state is local. Each version is a file of
 * its own, "7.json", that appears complete or not at all; the highest one counts. The first to
 * create the next number wins, so there is no lock that a dead process could hold.
 *
 * @param parse reads and checks the text
 */
export function localLedger(folder: string, parse: (text: string) => Ledger): LedgerStore {
  return {
    readLedger: async () => {
      for (let reads = 0; reads < MAX_READS; reads += 1) {
        const generation = await newest(folder);
        if (generation === 0) return { ledger: null, generation: "0" };
        const text = await content(file(folder, generation));
        if (text !== undefined) return { ledger: parse(text), generation: String(generation) };
        // Deleted in between: there is a newer one.
      }
      throw new UserError(
        `The newest version of the ledger in ${folder} is listed and cannot be read, as a link that leads nowhere: move it away.`,
      );
    },
    writeLedger: async (ledger, generation) => {
      const next = Number(generation) + 1;
      const draft = path.join(folder, `draft-${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, `${JSON.stringify(ledger, null, 2)}\n`, { flush: true });
        await link(draft, file(folder, next));
      } catch (error) {
        if (wasThere(error)) return null;
        throw unwritable(`ledger of rollouts in ${folder}`, error, REMEDY);
      } finally {
        await rm(draft, { force: true }).catch(() => {});
      }
      // A slow process may create a number that was deleted already; it does not count.
      if ((await newest(folder)) > next) {
        await rm(file(folder, next), { force: true });
        return null;
      }
      await rm(file(folder, next - MAX_VERSIONS), { force: true });
      return String(next);
    },
  };
}

const REMEDY = "fix its permissions or free some space, then run the same command again";

const file = (folder: string, generation: number): string => path.join(folder, `${generation}.json`);

/** @returns undefined where there is no such file */
async function content(version: string): Promise<string | undefined> {
  try {
    const found = await stat(version);
    // A pipe never ends, and neither does a device. Of a folder the system says what is wrong.
    if (!found.isFile() && !found.isDirectory())
      throw Object.assign(new Error(), { code: "no regular file" });
    return await readFile(version, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw unreadable(version, error);
  }
}

/** @returns the number of the newest version; 0 where there is none */
async function newest(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw unreadable(folder, error);
  });
  const versions = names.filter((name) => /^\d+\.json$/.test(name));
  const odd = versions.find((name) => !/^[1-9]\d{0,14}\.json$/.test(name));
  if (odd !== undefined)
    throw new UserError(
      `${path.join(folder, odd)} is no version of the ledger, which are numbered from 1.json on: move it away.`,
    );
  return Math.max(0, ...versions.map((name) => Number.parseInt(name, 10)));
}

function unreadable(what: string, error: unknown): UserError {
  const reason = codeOf(error) ?? "unknown";
  return new UserError(
    `The ledger of rollouts cannot be read (${what}: ${reason}): fix it, or move it away.`,
  );
}

/** Another writer has linked this version; the folder itself may be a file, which is no conflict. */
const wasThere = (error: unknown): boolean =>
  hasCode(error, "EEXIST") && (error as NodeJS.ErrnoException).syscall === "link";

const hasCode = (error: unknown, code: string): boolean => codeOf(error) === code;

/** "ENOENT", "EACCES" ...; undefined where it is no error of the system. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
