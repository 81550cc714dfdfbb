/** An answer of kmsguard. */
export interface CrnAnswer {
  [field: string]: any;
}
export interface CrnParts {
  [field: string]: any;
}
export interface Problem {
  [field: string]: any;
}
export interface AuditAnswer {
  [field: string]: any;
}
export interface InventoryAnswer {
  [field: string]: any;
}
