export const INSTEAD_OF_GOOGLE = "x-instead-of-google";

/**
 * Headers of a response that Google would not give, which is then not held against its documents.
 *
 * @param what "a proxy", or what is wrong with it
 */
export const insteadOfGoogle = (what: string): Record<string, string> => ({ [INSTEAD_OF_GOOGLE]: what });
