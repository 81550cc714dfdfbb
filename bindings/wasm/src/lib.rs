//! WebAssembly door.
