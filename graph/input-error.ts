/** An input that cannot be read; the message is one sentence for the person who gave it. */
export class InputError extends Error {
  override readonly name = "InputError";
}
