/** "1 error", "2 errors". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One word for a shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** "3 instances", "1 instance", "75 s": a number with its unit, which is given in the plural. */
export function quantity(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit.replace(/^([a-z]+ss)es$|^([a-z]{3,})s$/, "$1$2") : unit}`;
}
