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
}

/**
 * The one text from which an environment has the image of a workload: in its entry, in a constant, in a template, in an object or a function of a
 * shared file. Each text that holds the digest is tried: the environment is loaded with the new image there, and it is the place where
 * that workload, and so whatever expression it is written with, has the wanted image then.
 */
export async function imagePlace(
  folder: string,
  environment: string,
  name: string,
  { present, wanted }: { readonly present: string; readonly wanted: string },
): Promise<ImagePlace | undefined> {
  const { files } = await loadWithText(folder, environment);
  for (const file of new Set(files)) {
    for (const { line, changed, isTemplate } of imageTexts(readFileSync(file, "utf8"), present, wanted)) {
      const text = { file, text: changed };
      if ((await loadedImages(folder, environment, text)).get(name) !== wanted) continue;
      const also = await alsoChanged(folder, environment, name, text);
      if (isTemplate && also.length > 0) continue;
      return { file, line, changed, also };
    }
  }
  return undefined;
}

async function alsoChanged(
  folder: string,
  environment: string,
  name: string,
  text: ChangedFile,
): Promise<string[]> {
  const lines: string[] = [];
  for (const other of environmentNames(folder)) {
    const before = await loadedImages(folder, other);
    const after = await loadedImages(folder, other, text);
    const changed = [...after.keys()].filter(
      (key) => after.get(key) !== before.get(key) && !(other === environment && key === name),
    );
    if (changed.length > 0) lines.push(`${enumerated(changed)} in environments/${other}.ts`);
  }
  return lines;
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
