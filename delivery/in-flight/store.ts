import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type { Api } from "../../google/api.ts";
import { versionedObject } from "../../google/stored-object.ts";
import { unwritable } from "../../platform/unwritable.ts";
import { replaceFile } from "../replace-file.ts";
import { type InFlightRecord, parseInFlight, sizeOf } from "./record.ts";

/** A record as it was read. */
export interface StoredRecord {
  /** Undefined where there is none. */
  readonly record: InFlightRecord | "damaged" | undefined;
  readonly generation: string;
}

/** Where records are kept: next to the state of each stack, so that who may write the one may write the other. */
export interface InFlightStore {
  /** For messages: "gs://acme-state/staging-data/in-flight.json". */
  nameOf(stack: string): string;
  read(stack: string): Promise<StoredRecord>;
  /**
   * Writes it over the version that was read.
   *
   * @returns the new generation; null where another process has written since
   * @throws UserError where it cannot be written
   */
  write(record: InFlightRecord, generation: string): Promise<string | null>;
}

export interface InFlightContext {
  readonly api: Api;
  /** "https://storage.googleapis.com" */
  readonly storage: string;
  /** Output folder of the synthesis, next to which local states are. */
  readonly output: string;
}

/** @param state section of the environment; undefined where its states are local files */
export function inFlightStore(
  state: { readonly bucket: string } | undefined,
  { api, storage, output }: InFlightContext,
): InFlightStore {
  return state === undefined
    ? localStore(path.dirname(path.resolve(output)))
    : bucketStore({ api, storage, bucket: state.bucket });
}

function bucketStore(of: {
  readonly api: Api;
  readonly storage: string;
  readonly bucket: string;
}): InFlightStore {
  // Terraform's backend takes what ends with .tfstate for a state, and looks at nothing else there.
  const objectOf = (stack: string): string => `${stack}/in-flight.json`;
  const stored = (stack: string) => versionedObject({ ...of, object: objectOf(stack) });
  return {
    nameOf: (stack) => `gs://${of.bucket}/${objectOf(stack)}`,
    read: async (stack) => {
      const { text, generation } = await stored(stack).read();
      return { record: text === undefined ? undefined : parseInFlight(text, stack), generation };
    },
    write: (record, generation) => stored(record.stack).write(JSON.stringify(record), generation),
  };
}

/** Files: the lock of the machine keeps a second deployment away. */
function localStore(folder: string): InFlightStore {
  const fileOf = (stack: string): string => path.join(folder, `terraform.${stack}.tfstate.in-flight`);
  return {
    nameOf: fileOf,
    read: async (stack) => {
      const file = fileOf(stack);
      return { record: existsSync(file) ? parseInFlight(textOf(file), stack) : undefined, generation: "" };
    },
    write: async (record, generation) => {
      const file = fileOf(record.stack);
      try {
        if (sizeOf(record) === 0) rmSync(file, { force: true });
        else replaceFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
      } catch (error) {
        throw unwritable(
          `record ${file}`,
          error,
          "fix its permissions or free some space, then run the same command again",
        );
      }
      return generation;
    },
  };
}

/** Bytes of a record: two lists of 2,000 addresses of 1,000 characters, in UTF-8 and with what JSON adds. */
const MAX_RECORD = 20_000_000;

/** Empty, and so damaged, where it cannot be read, is no record's size, or is a device or a pipe, which would be read without end. */
function textOf(file: string): string {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= MAX_RECORD ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
