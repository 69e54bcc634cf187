/** An input that cannot be read, said in one sentence for the person who gave it. */
export class InputError extends Error {
  override readonly name = "InputError";
}
