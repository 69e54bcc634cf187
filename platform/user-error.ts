/** A mistake of the person who runs a command, told in one sentence and never with a stack trace. */
export class UserError extends Error {}
