const GAP = "  ";

/** Columns of a terminal that a table fits where its words allow. */
const COLUMNS = 80;

/**
 * Lines of a table: columns padded to their widest cell, numbers (cells that start with a digit or -) to the right. Of a
 * table that is too wide the widest columns are wrapped between words.
 */
export function table(rows: readonly (readonly string[])[], indent = "    "): string[] {
  const widths = columnWidths(rows, COLUMNS - indent.length);
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => wrapped(cell, widths[column] ?? 0));
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      (
        indent +
        cells
          .map((lines, column) =>
            // A number that a text was wrapped before is no number of the column.
            pad(lines[line] ?? "", widths[column] ?? 0, column > 0 && isNumber(row[column] ?? "")),
          )
          .join(GAP)
      ).trimEnd(),
    );
  });
}

function columnWidths(rows: readonly (readonly string[])[], available: number): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const all = Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? ""));
  const widths = all.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const narrowest = all.map((cells) =>
    Math.max(...cells.flatMap((cell) => words(cell)).map((word) => word.length)),
  );
  const width = (): number => widths.reduce((sum, each) => sum + each, GAP.length * (columns - 1));
  while (width() > available) {
    const slack = widths.map((each, column) => (each > (narrowest[column] ?? 0) ? each : 0));
    const widest = slack.indexOf(Math.max(...slack));
    if ((slack[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** A number stays with its unit. */
const words = (cell: string): string[] => cell.split(/(?<!\d) | (?!(?:s|MiB|GiB|Mbit\/s)\b)/);

function wrapped(cell: string, width: number): string[] {
  if (cell.length <= width) return [cell];
  const lines: string[] = [];
  let line = "";
  for (const word of words(cell)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const isNumber = (cell: string): boolean => /^-?\d[\d,.]*( [A-Za-z/]+)?$/.test(cell);

/** @param toTheRight for numbers, but not in the first column, which names its row */
function pad(line: string, width: number, toTheRight: boolean): string {
  return toTheRight ? line.padStart(width) : line.padEnd(width);
}
