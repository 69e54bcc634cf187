/** The position of a package-level declaration in its file. */
export interface Declaration {
  readonly kind: "function" | "value";
  /** The text of the file. */
  readonly text: string;
  /** Of the name for a function (after "func"), of the first word after "=" for a value. */
  readonly start: number;
}

/** What one file of a package declares, found by where gofmt puts it: no file needs to be parsed whole. */
export interface GoFile {
  readonly text: string;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** From the name that the file uses to the folder that it imports. */
  readonly imports: ReadonlyMap<string, string>;
}

const declaration = /^(?:func (\w+)\(|(?:var|const) (\w+)(?: [^=\n]*)? = |(?:var|const) \($)/gm;
const inGroup = /^\t(\w+)(?: [^=\n]*)?\s+= |^\)/gm;
const imported =
  /^(?:import )?[ \t]*(\w+)? ?"github\.com\/hashicorp\/terraform-provider-google(?:-beta)?\/([^"]+)"$/gm;

export function readGoFile(text: string): GoFile {
  const declarations = new Map<string, Declaration>();
  const imports = new Map<string, string>();
  for (const [, alias, folder = ""] of text.matchAll(imported))
    imports.set(alias ?? folder.slice(folder.lastIndexOf("/") + 1), folder);
  for (const match of text.matchAll(declaration)) {
    const [whole, name, value] = match;
    if (name !== undefined) declarations.set(name, { kind: "function", text, start: match.index });
    else if (value !== undefined)
      declarations.set(value, { kind: "value", text, start: match.index + whole.length });
    else {
      inGroup.lastIndex = match.index;
      for (let item = inGroup.exec(text); item?.[1] !== undefined; item = inGroup.exec(text))
        declarations.set(item[1], { kind: "value", text, start: item.index + item[0].length });
    }
  }
  return { text, declarations, imports };
}

/** The packages of a program by folder; files of a folder are one package. */
export class GoProgram {
  readonly #packages = new Map<string, GoFile[]>();

  add(folder: string, file: GoFile): void {
    const files = this.#packages.get(folder);
    if (files === undefined) this.#packages.set(folder, [file]);
    else files.push(file);
  }

  folders(): Iterable<string> {
    return this.#packages.keys();
  }

  files(folder: string): readonly GoFile[] {
    return this.#packages.get(folder) ?? [];
  }

  declaration(folder: string, name: string): Declaration | undefined {
    for (const file of this.files(folder)) {
      const found = file.declarations.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The folder of the package that files of `folder` call `name`. */
  imported(folder: string, name: string): string | undefined {
    for (const file of this.files(folder)) {
      const found = file.imports.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
