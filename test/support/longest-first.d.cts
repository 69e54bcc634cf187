interface Test {
  readonly path: string;
}

declare class LongestFirst {
  /** Paths of the tests that are known to take long, the longest one first. */
  static readonly LONGEST: readonly string[];
  constructor(options: object);
  /** Keeps how long each took, for the next run. */
  cacheResults(tests: readonly Test[], results: object): void;
  sort<T extends Test>(tests: readonly T[]): readonly T[];
}
export = LongestFirst;
