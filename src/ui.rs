//! What the pages share: views that take signals in and give callbacks out.

pub mod bar;
pub mod copier;
pub mod error_notice;
pub mod field;
pub mod grid;
pub mod icons;
pub mod live;
pub mod marked;
pub mod name;
