declare function fastLane(tests: readonly string[]): { readonly filtered: readonly string[] };
export = fastLane;
