"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";
import { childrenOf, summaryOf, treeMatches, type JsonValue } from "./tree-match";

/** JSON as a tree to unfold and to search. Branches that hold a match open by themselves. */
export function Tree({ value, label }: { value: JsonValue; label: string }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const branches = childrenOf(value).filter(([name, child]) => treeMatches(name, child, wanted));
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
          {branches.map(([name, child]) => (
            <Branch key={`${name} ${wanted}`} name={name} value={child} wanted={wanted} depth={0} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Branch({ name, value, wanted, depth }: { name: string; value: JsonValue; wanted: string; depth: number }) {
  const children = childrenOf(value).filter(([key, child]) =>
    treeMatches(key, child, name.toLowerCase().includes(wanted) ? "" : wanted),
  );
  const [isOpen, setIsOpen] = useState(depth < 1 || wanted !== "");
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
          {children.map(([key, child]) => (
            <Branch key={key} name={key} value={child} wanted={wanted} depth={depth + 1} />
          ))}
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
