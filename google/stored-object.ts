import { z } from "zod";
import { type Api, NotJson } from "./api.ts";
import { Conflict, orUndefined } from "./errors.ts";
import { int64, responseOf } from "./response.ts";

/** An object of Cloud Storage, usually in the versioned bucket of the Terraform state. */
export interface StoredObject {
  readonly api: Api;
  /** "https://storage.googleapis.com" */
  readonly storage: string;
  readonly bucket: string;
  /** "rollout/staging.json" */
  readonly object: string;
}

/** A text and its generation in Cloud Storage. */
export interface Stored {
  /** Whoever may write the bucket has written it; empty where it is no JSON object. */
  readonly text: string;
  /** A 64-bit number, as a text. */
  readonly generation: string;
}

/** The generation of an object that does not exist. */
const NOWHERE = "0";
const ATTEMPTS = 3;

const rawObject = z.object({ generation: int64 });

/**
 * @returns undefined where there is no such object
 * @throws Conflict where it changes faster than it can be read
 */
export async function readObject(from: StoredObject, signal: AbortSignal): Promise<Stored | undefined> {
  const { api, storage, bucket, object } = from;
  const url = `${storage}/storage/v1/b/${bucket}/o/${encodeURIComponent(object)}`;
  for (let attempt = 1; ; attempt += 1) {
    const found = await orUndefined(api.call({ method: "GET", url }, signal));
    if (found === undefined) return undefined;
    const { generation } = responseOf(rawObject, found, `gs://${bucket}/${object}`);
    // Read by generation, so that the two match; a bucket without versioning may have deleted it by then.
    const part = `${url}?alt=media&generation=${generation}`;
    const content = await orUndefined(api.call({ method: "GET", url: part }, signal)).catch(
      (error: unknown) => {
        if (error instanceof NotJson) return null;
        throw error;
      },
    );
    if (content === null) return { text: "", generation };
    if (content !== undefined) return { text: JSON.stringify(content), generation };
    if (attempt === ATTEMPTS)
      throw new Conflict(
        `gs://${bucket}/${object} changes faster than it can be read: run the same command again.`,
        "",
      );
  }
}

/**
 * Writes a JSON text if it has not been written since.
 *
 * @param generation that was read; undefined where there was no object
 * @returns the new generation
 * @throws Conflict where another process has written it
 */
export async function writeObject(
  to: StoredObject,
  text: string,
  generation: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { api, storage, bucket, object } = to;
  const query = new URLSearchParams({
    uploadType: "media",
    name: object,
    ifGenerationMatch: generation ?? NOWHERE,
  });
  const url = `${storage}/upload/storage/v1/b/${bucket}/o?${query}`;
  try {
    const written = await api.call({ method: "POST", url, body: JSON.parse(text) as object }, signal);
    return responseOf(rawObject, written, `gs://${bucket}/${object}`).generation;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // A write whose response was lost is sent again, and conflicts with itself.
    const there = await readObject(to, signal);
    if (
      there !== undefined &&
      there.generation !== generation &&
      there.text === JSON.stringify(JSON.parse(text))
    )
      return there.generation;
    throw error;
  }
}

/** Milliseconds for one read or write, retries included. */
const DEADLINE = 60_000;

/** A JSON text that several processes write, each over the version that it has read. */
export interface VersionedText {
  /** @returns no text, and the generation "0", where there is none yet */
  read(): Promise<{ readonly text: string | undefined; readonly generation: string }>;
  /** @returns the new generation; null where another process has written since */
  write(text: string, generation: string): Promise<string | null>;
}

/** An object of Cloud Storage as such a text; each request within a deadline. */
export function versionedObject(object: StoredObject): VersionedText {
  return {
    read: async () => {
      const found = await readObject(object, AbortSignal.timeout(DEADLINE));
      return { text: found?.text, generation: found?.generation ?? NOWHERE };
    },
    write: async (text, generation) => {
      const before = generation === NOWHERE ? undefined : generation;
      try {
        return await writeObject(object, text, before, AbortSignal.timeout(DEADLINE));
      } catch (error) {
        if (error instanceof Conflict) return null;
        throw error;
      }
    },
  };
}
