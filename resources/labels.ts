const MAX_LENGTH = 63;

/** Whether Google Cloud takes a text as key or value of a label; letters of other scripts it takes as well. */
export function isLabel(text: string): boolean {
  return text.length <= MAX_LENGTH && !/[A-Z\s]/.test(text);
}
