/**
 * Does the work while CDKTF cannot ask where each of its tokens was created, which takes a fifth of a synth and is
 * never shown. Errors keep their stack traces: they do not come from `Error.captureStackTrace`.
 */
export function withoutStackTraces<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
