"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Input } from "./input";
import { childrenOf, isMoreThan, summaryOf, treeMatches, type JsonValue } from "./tree-match";

/** So many rows are drawn at once; a list of more goes on behind a button, and in a tree of more nothing opens by itself. */
const MANY = 200;

/** JSON as a tree to unfold and to search. What is small is open, and so are branches that hold a match. */
export function Tree({ value, label }: { value: JsonValue; label: string }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const branches = childrenOf(value).filter(([name, child]) => treeMatches(name, child, wanted));
  const opens = wanted ? !isMoreThan(MANY, Object.fromEntries(branches), Infinity) : !isMoreThan(MANY, value, 2);
  return (
    <div>
      <div className="border-b px-4 py-2">
        <Input
          type="search"
          aria-label={`Search in the ${label}`}
          placeholder={`Search in the ${label}`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-xs"
        />
      </div>
      {branches.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted">
          {wanted ? `Nothing here contains “${search.trim()}”.` : "It is empty."}
        </p>
      ) : (
        <ul className="overflow-x-auto px-2 py-2 font-mono text-xs" aria-label={label}>
          <Branches key={wanted} branches={branches} wanted={wanted} depth={0} opens={opens} />
        </ul>
      )}
    </div>
  );
}

interface Place {
  wanted: string;
  depth: number;
  /** Whether branches open by themselves. */
  opens: boolean;
}

function Branches({ branches, ...place }: Place & { branches: [name: string, child: JsonValue][] }) {
  const [shown, setShown] = useState(MANY);
  return (
    <>
      {branches.slice(0, shown).map(([name, child]) => (
        <Branch key={name} name={name} value={child} {...place} />
      ))}
      {branches.length > shown && (
        <li className="py-1 pl-[26px]" style={{ marginLeft: place.depth * 16 }}>
          <Button size="sm" className="font-sans" onClick={() => setShown(shown + MANY)}>
            Show {Math.min(MANY, branches.length - shown)} more of {branches.length}
          </Button>
        </li>
      )}
    </>
  );
}

function Branch({ name, value, wanted, depth, opens }: Place & { name: string; value: JsonValue }) {
  const children = childrenOf(value).filter(([key, child]) =>
    treeMatches(key, child, name.toLowerCase().includes(wanted) ? "" : wanted),
  );
  const [isOpen, setIsOpen] = useState(opens && (depth < 1 || wanted !== ""));
  if (value === null || typeof value !== "object" || children.length === 0) {
    return (
      <li className="flex gap-2 py-0.5 pl-[26px]" style={{ marginLeft: depth * 16 }}>
        <span className="shrink-0 text-muted">{name}</span>
        <Leaf value={value} />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex w-full items-center gap-2 rounded-sm py-0.5 pl-1 text-left hover:bg-hover"
        style={{ marginLeft: depth * 16 }}
      >
        <ChevronRight
          className={cn("size-3.5 shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
          aria-hidden
        />
        <span>{name}</span>
        <span className="text-faint">{summaryOf(value)}</span>
      </button>
      {isOpen && (
        <ul>
          <Branches branches={children} wanted={wanted} depth={depth + 1} opens={opens} />
        </ul>
      )}
    </li>
  );
}

function Leaf({ value }: { value: JsonValue }) {
  if (value === null) return <span className="text-faint">null</span>;
  if (typeof value === "object")
    return <span className="text-faint">{Array.isArray(value) ? "empty list" : "empty"}</span>;
  return (
    <span className={cn("[overflow-wrap:anywhere]", typeof value !== "string" && "text-accent")}>{String(value)}</span>
  );
}
