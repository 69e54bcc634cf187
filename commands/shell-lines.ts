/** Columns of a terminal. */
const COLUMNS = 80;

/** One command on several lines that a shell reads as one: each word that does not fit begins the next line. */
export function shellLines(command: string, indent: string): string[] {
  const [first = "", ...flags] = command.split(/ (?=--|")/);
  const lines = [indent + first];
  for (const flag of flags) {
    const last = lines.length - 1;
    if (`${lines[last]} ${flag} \\`.length <= COLUMNS) lines[last] += ` ${flag}`;
    else {
      lines[last] += " \\";
      lines.push(`${indent}  ${flag}`);
    }
  }
  return lines;
}
