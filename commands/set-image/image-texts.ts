/** A text of a file that an image comes from, and the file's text with another image in its place. */
export interface ImageText {
  /** From 1. */
  readonly line: number;
  readonly changed: string;
}

/**
 * Where a text holds the digest of an image, each with as much of the image before it as is written there:
 * all of it in "registry/web@sha256:0...", "/web@sha256:0..." in `${registry}/web@sha256:0...`, the digest alone in a constant.
 * A template whose unwritten beginning the wanted image does not share becomes a text; other such places are left out.
 */
export function imageTexts(text: string, present: string, wanted: string): ImageText[] {
  const digest = present.slice(present.lastIndexOf(":") + 1);
  const found: ImageText[] = [];
  const add = (from: number, to: number, by: string): void => {
    found.push({
      line: text.slice(0, from).split("\n").length,
      changed: text.slice(0, from) + by + text.slice(to),
    });
  };
  for (let place = text.indexOf(digest); place >= 0; place = text.indexOf(digest, place + 1)) {
    const end = place + digest.length;
    let written = present.length - digest.length;
    let at = place;
    while (written > 0 && at > 0 && text[at - 1] === present[written - 1]) {
      written -= 1;
      at -= 1;
    }
    const template = text.lastIndexOf("`", at);
    if (wanted.startsWith(present.slice(0, written))) add(at, end, wanted.slice(written));
    else if (template >= 0 && text[end] === "`") add(template, end + 1, JSON.stringify(wanted));
  }
  return found;
}
