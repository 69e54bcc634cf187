/** What an expression of Go comes to, as far as it is known without running it. */
export type GoValue =
  | string
  | number
  | boolean
  | null
  | GoValue[]
  | Map<string, GoValue>
  | Struct
  | Call
  | Named
  | Opaque;

/** `schema.Resource{...}`; the type is empty where Go lets it be left out. */
export class Struct {
  readonly type: string;
  readonly fields: Map<string, GoValue>;

  constructor(type: string, fields: Map<string, GoValue>) {
    this.type = type;
    this.fields = fields;
  }
}

/** A call that is kept as it is written: `validation.IntBetween(1, 10)`. */
export class Call {
  readonly name: string;
  readonly given: readonly GoValue[];

  constructor(name: string, given: readonly GoValue[]) {
    this.name = name;
    this.given = given;
  }
}

/** A function, or a name of a package that is not read: `schema.TypeString`. */
export class Named {
  readonly name: string;
  /** The folder of its package, where that was read. */
  readonly folder: string | undefined;

  constructor(name: string, folder?: string) {
    this.name = name;
    this.folder = folder;
  }
}

export class Opaque {}

export const opaque = new Opaque();
