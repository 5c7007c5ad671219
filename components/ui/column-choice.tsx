"use client";
import { Columns3 } from "lucide-react";
import { Button } from "./button";
import { DropdownMenu, MenuCheckItem, MenuItem, MenuSeparator } from "./dropdown-menu";

interface ColumnChoiceProps {
  columns: { id: string; header: string }[];
  shown: string[];
  /** This one names the row and stays. */
  fixed: string;
  onChange(shown: string[]): void;
  onReset(): void;
}

/** Which columns a table shows. */
export function ColumnChoice({ columns, shown, fixed, onChange, onReset }: ColumnChoiceProps) {
  return (
    <DropdownMenu
      trigger={
        <Button size="sm">
          <Columns3 aria-hidden />
          Columns
        </Button>
      }
    >
      {columns.map(({ id, header }) => (
        <MenuCheckItem
          key={id}
          disabled={id === fixed}
          checked={shown.includes(id)}
          onCheckedChange={(isOn) =>
            onChange(
              columns.map((column) => column.id).filter((other) => (other === id ? isOn : shown.includes(other))),
            )
          }
        >
          {header}
        </MenuCheckItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={onReset}>Show the usual columns</MenuItem>
    </DropdownMenu>
  );
}
