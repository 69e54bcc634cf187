import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LedgerStore } from "./client.ts";
import type { Ledger } from "./ledger.ts";

/** Versions that are kept as history. */
const MAX_VERSIONS = 20;

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
      for (;;) {
        const generation = await newest(folder);
        if (generation === 0) return { ledger: null, generation: "0" };
        try {
          const text = await readFile(file(folder, generation), "utf8");
          return { ledger: parse(text), generation: String(generation) };
        } catch (error) {
          // Deleted in between: there is a newer one.
          if (!hasCode(error, "ENOENT")) throw error;
        }
      }
    },
    writeLedger: async (ledger, generation) => {
      const next = Number(generation) + 1;
      await mkdir(folder, { recursive: true });
      const draft = path.join(folder, `draft-${randomUUID()}`);
      await writeFile(draft, `${JSON.stringify(ledger, null, 2)}\n`, { flush: true });
      try {
        await link(draft, file(folder, next));
      } catch (error) {
        if (hasCode(error, "EEXIST")) return null;
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
      // A slow process may create a number that was deleted already; it does not count.
      if ((await newest(folder)) >= next + MAX_VERSIONS) {
        await rm(file(folder, next), { force: true });
        return null;
      }
      await rm(file(folder, next - MAX_VERSIONS), { force: true });
      return String(next);
    },
  };
}

const file = (folder: string, generation: number): string => path.join(folder, `${generation}.json`);

async function newest(folder: string): Promise<number> {
  try {
    const numbers = (await readdir(folder)).map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0));
    return Math.max(0, ...numbers);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return 0;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
