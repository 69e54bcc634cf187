/** Lines of a table: columns padded to their widest cell, numbers (cells that start with a digit or -) to the right. */
export function table(rows: readonly (readonly string[])[], indent = "    "): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows.map((row) =>
    (indent + row.map((cell, column) => pad(cell, widths[column] ?? 0)).join("  ")).trimEnd(),
  );
}

function pad(cell: string, width: number): string {
  return /^-?\d[\d,.]*( s| Mbit\/s)?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
