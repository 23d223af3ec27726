/** A record of any collection; which fields it has is told by the API. A field at its default is left out. */
export type Item = { id: number; [field: string]: any };
export type Put = Record<string, Array<Item>>;
export type Drop = Record<string, number[]>;

export type JournalEvent = {
  room: string;
  seq: number;
  type: string;
  at: string;
  by: number | null;
  op: string | null;
  put: Put;
  drop: Drop;
};

export type Snapshot = {
  room: string;
  seq: number;
  epoch: string;
  can?: Record<string, any>;
  [collection: string]: any;
};

/** What a command will very likely do, shown until the room says what it did; `made` is the made-up (negative) id of a new record. */
export type Guess = { put?: Put; drop?: Drop; made?: number };

export type Me = { id: number; name: string; role: string; [field: string]: any };
