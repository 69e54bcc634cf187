import { type ComponentChildren, options } from "preact";
import { useEffect, useState } from "preact/hooks";

interface PageProps {
  readonly title: string;
  readonly about: string;
  /** Anchors and titles of the sections. */
  readonly sections: readonly (readonly [string, string])[];
  readonly children: ComponentChildren;
}

/** The frame of every page. */
export function Page({ title, about, sections, children }: PageProps) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <div>
          <h1>{title}</h1>
          <p class="quiet">{about}</p>
        </div>
        <nav aria-label="Sections">
          {sections.map(([id, name]) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly tone?: "good" | "warn" | "bad" | undefined;
}

/** One figure of a summary. */
export function Tile({ label, value, note, tone }: TileProps) {
  return (
    <div class={`tile ${tone ?? ""}`}>
      <span class="label">{label}</span>
      <strong>{value}</strong>
      <span class="quiet">{note}</span>
    </div>
  );
}

/** Whether the page is about to be printed: what the screen shows on demand is drawn before the paper is. */
export function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const before = (): void => {
      // Preact would draw it later.
      options.debounceRendering = (render) => render();
      setIsPrinting(true);
      delete options.debounceRendering;
    };
    const after = (): void => setIsPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return isPrinting;
}

/** What is below the first screen: drawn once that one is painted. An address with an anchor leads there then. */
export function AfterPaint({ children }: { readonly children: () => ComponentChildren }) {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => setIsPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    if (isPainted && location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isPainted]);
  return isPainted ? children() : null;
}
