/**
 * Parts of the page that are loaded when they are first needed, or before that behind its back.
 * One that does not come says so in its own place. It never loads the page anew by itself, as
 * the router's own does: what somebody was writing would be lost, and offline the page as well.
 */
import { type ComponentType, type FunctionComponent, useEffect } from "react";
import type { Role } from "~/api/schema";
import { Signal, useSignal } from "~/live/signal";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { fetchPart, PartMissing } from "~/ui/fetchPart";
import { Loading } from "~/ui/Loading";

export interface Part<P> extends FunctionComponent<P> {
  /** Never throws: what did not come is asked for again by whoever needs it. */
  preload: () => Promise<void>;
}

type Importer<P, Name extends string> = () => Promise<Record<Name, ComponentType<P>>>;
type State<P> = { status: "absent" | "missing" } | { status: "here"; Component: ComponentType<P> };

/** A page of the router, or anything else that is not needed at first. */
export function lazyPage<P extends object, Name extends string>(
  importer: Importer<P, Name>,
  name: Name,
): Part<P> {
  const state = new Signal<State<P>>({ status: "absent" });
  let coming: Promise<void> | null = null;
  let shown = 0;
  const load = async () => {
    state.set({ status: "absent" });
    try {
      const module = await fetchPart(importer);
      state.set({ status: "here", Component: module[name] });
    } catch {
      // What failed while nobody looked is no news to whoever opens it: it is tried once more.
      state.set({ status: shown > 0 ? "missing" : "absent" });
    }
  };
  const preload = async () => {
    if (state.get().status === "here") return;
    coming ??= load().finally(() => {
      coming = null;
    });
    await coming;
  };
  const Lazy = (props: P) => {
    const now = useSignal(state);
    useEffect(() => {
      shown += 1;
      void preload();
      return () => {
        shown -= 1;
      };
    }, []);
    if (now.status === "here") return <now.Component {...props} />;
    return now.status === "absent" ? <Loading /> : <Missing again={preload} />;
  };
  return Object.assign(Lazy, { preload });
}

interface Known {
  roles: readonly Role[] | null;
  preload: () => Promise<void>;
}

const known: Known[] = [];

/** A part within a page, of everybody or of some roles alone. */
export function lazyPart<P extends object, Name extends string>(
  importer: Importer<P, Name>,
  name: Name,
  roles: readonly Role[] | null = null,
): Part<P> {
  const part = lazyPage(importer, name);
  known.push({ roles, preload: part.preload });
  return part;
}

/** The parts of a role within the pages that are loaded; what they bring along comes later on. */
export function* partsOf(role: Role): Iterable<() => Promise<void>> {
  for (const { roles, preload } of known) if (roles?.includes(role) ?? true) yield preload;
}

/** Comes by itself when the network is back. */
function Missing({ again }: { again: () => Promise<void> }) {
  useEffect(() => {
    const retry = () => void again();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [again]);
  return <ErrorNotice error={new PartMissing(navigator.onLine)} onRetry={() => void again()} />;
}
