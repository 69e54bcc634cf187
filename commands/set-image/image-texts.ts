/** A text of a file that ends an image: all of it, or what stands behind the expressions that begin it. */
export interface ImageText {
  readonly at: number;
  /** From 1. */
  readonly line: number;
  /** The file's text with another image in that place. */
  readonly changed: string;
}

/**
 * Where a text holds the digest of an image, each with as much of the image before it as is written there:
 * all of it in "registry/web@sha256:0...", "/web@sha256:0..." in `${registry}/web@sha256:0...`, the digest alone in a constant.
 * Places whose unwritten beginning the wanted image does not share are left out.
 */
export function imageTexts(text: string, present: string, wanted: string): ImageText[] {
  const digest = present.slice(present.lastIndexOf(":") + 1);
  const found: ImageText[] = [];
  for (let place = text.indexOf(digest); place >= 0; place = text.indexOf(digest, place + 1)) {
    let written = present.length - digest.length;
    let at = place;
    while (written > 0 && at > 0 && text[at - 1] === present[written - 1]) {
      written -= 1;
      at -= 1;
    }
    if (!wanted.startsWith(present.slice(0, written))) continue;
    found.push({
      at,
      line: text.slice(0, at).split("\n").length,
      changed: text.slice(0, at) + wanted.slice(written) + text.slice(place + digest.length),
    });
  }
  return found;
}
