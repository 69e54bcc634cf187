/** Where in an environment: keys and list positions, as zod gives them. */
export type Path = readonly (string | number)[];

/** What a plan finds wrong in an environment whose single values are fine by themselves. */
export interface Problem {
  /** The value a person would change. */
  readonly path: Path;
  readonly value: string;
  /** What is allowed, with the arithmetic and whose number it collides with. */
  readonly allowed: string;
  readonly fix: string;
  /** Other values the judgement rests on: it is withheld where one of them could not be read. */
  readonly uses?: readonly Path[];
}
