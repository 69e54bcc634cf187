/** Breaks at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (line.length > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Markdown as plain lines: no emphasis, links by their text, an empty line between paragraphs. */
export function markdownLines(markdown: string, columns: number): string[] {
  const plain = markdown.replaceAll(/\*\*|`/g, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return plain.split("\n").flatMap((line) => (line === "" ? [""] : wrap(line, columns)));
}
