import { readFileSync } from "node:fs";
import { environmentNames } from "../../synthesis/load-environments.ts";
import { enumerated } from "../../values/enumerated.ts";
import { imageTexts } from "./image-texts.ts";
import { imagesOf, type WithImages } from "./images.ts";
import { type ChangedFile, loadWithText } from "./load-with-text.ts";

export interface ImagePlace {
  /** Absolute path of the file to change, and its new text. */
  readonly file: string;
  readonly changed: string;
  /** From 1. */
  readonly line: number;
  /** Whose image changes with it, one line for each environment: "worker in environments/staging.ts". */
  readonly also: readonly string[];
  /** True where others had another image there, and would get this digest, which their repository does not have. */
  readonly isOfOthers: boolean;
}

/**
 * The one text from which an environment has the image of a workload: in its entry, in a constant, in a template, in an object or a function of a
 * shared file. Each text that holds the digest is tried: the environment is loaded with the new image there, and it is the place where
 * that workload, and so whatever expression it is written with, has the wanted image then. One that makes other images as well is the answer
 * where there is no other.
 */
export async function imagePlace(
  folder: string,
  environment: string,
  name: string,
  { present, wanted }: { readonly present: string; readonly wanted: string },
): Promise<ImagePlace | undefined> {
  const { files } = await loadWithText(folder, environment);
  let ofOthers: ImagePlace | undefined;
  for (const file of new Set(files)) {
    for (const { line, changed } of imageTexts(readFileSync(file, "utf8"), present, wanted)) {
      const text = { file, text: changed };
      if ((await loadedImages(folder, environment, text)).get(name) !== wanted) continue;
      const found = {
        file,
        line,
        changed,
        ...(await alsoChanged(folder, { environment, name, present }, text)),
      };
      if (!found.isOfOthers) return found;
      ofOthers ??= found;
    }
  }
  return ofOthers;
}

async function alsoChanged(
  folder: string,
  {
    environment,
    name,
    present,
  }: { readonly environment: string; readonly name: string; readonly present: string },
  text: ChangedFile,
): Promise<Pick<ImagePlace, "also" | "isOfOthers">> {
  const also: string[] = [];
  let isOfOthers = false;
  for (const other of environmentNames(folder)) {
    const before = await loadedImages(folder, other);
    const after = await loadedImages(folder, other, text);
    const changed = [...after.keys()].filter(
      (key) => after.get(key) !== before.get(key) && !(other === environment && key === name),
    );
    if (changed.length > 0) also.push(`${enumerated(changed)} in environments/${other}.ts`);
    isOfOthers ||= changed.some((key) => before.get(key) !== present);
  }
  return { also, isOfOthers };
}

/** None of an environment that cannot be loaded, as another one may be: it keeps nobody from setting an image. */
async function loadedImages(
  folder: string,
  name: string,
  text?: ChangedFile,
): Promise<ReadonlyMap<string, string>> {
  try {
    // Not validated: what a new image breaks is said by `npm start`, in its own words.
    const { input } = await loadWithText(folder, name, text);
    return imagesOf(input as WithImages);
  } catch {
    return new Map();
  }
}
