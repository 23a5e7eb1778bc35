//! A WebAssembly module's imports and exports, which the optimizer leaves as they are.

use anyhow::{Context, Result, bail};

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const START: &[u8] = b"\0asm\x01\0\0\0";

/// A module as its sections, each with its kind and its bytes.
pub(super) struct Module(Vec<(u8, Vec<u8>)>);

impl Module {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let mut rest = bytes.strip_prefix(START).context("this is no WebAssembly module")?;
        let mut sections = Vec::new();
        while let Some((&kind, after)) = rest.split_first() {
            rest = after;
            sections.push((kind, take_vec(&mut rest)?.to_vec()));
        }
        Ok(Self(sections))
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = START.to_vec();
        for (kind, bytes) in &self.0 {
            out.push(*kind);
            put_vec(&mut out, bytes);
        }
        out
    }

    /// Takes away the exports that `is_kept` does not want.
    pub(super) fn retain_exports(&mut self, is_kept: impl Fn(&str) -> bool) -> Result<()> {
        self.change(EXPORTS, |mut rest, out| {
            let mut kept = Vec::new();
            for _ in 0..take_number(&mut rest)? {
                let name = take_name(&mut rest)?;
                let kind = take_bytes(&mut rest, 1)?;
                let index = take_number(&mut rest)?;
                if is_kept(name) {
                    kept.push((name, kind, index));
                }
            }
            put_number(out, kept.len());
            for (name, kind, index) in kept {
                put_vec(out, name.as_bytes());
                out.extend_from_slice(kind);
                put_number(out, index);
            }
            Ok(())
        })
    }

    /// Gives imports other names: those for which there is one by their module and name.
    pub(super) fn rename_imports(
        &mut self,
        mut renamed: impl FnMut(&str, &str) -> Option<String>,
    ) -> Result<()> {
        self.change(IMPORTS, |mut rest, out| {
            let count = take_number(&mut rest)?;
            put_number(out, count);
            for _ in 0..count {
                let (module, name) = (take_name(&mut rest)?, take_name(&mut rest)?);
                put_vec(out, module.as_bytes());
                put_vec(out, renamed(module, name).as_deref().unwrap_or(name).as_bytes());
                let described = rest;
                skip_description(&mut rest)?;
                out.extend_from_slice(&described[..described.len() - rest.len()]);
            }
            Ok(())
        })
    }

    fn change(
        &mut self,
        kind: u8,
        change: impl FnOnce(&[u8], &mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let Some((_, section)) = self.0.iter_mut().find(|(other, _)| *other == kind) else {
            return Ok(());
        };
        let mut out = Vec::new();
        change(section, &mut out)?;
        *section = out;
        Ok(())
    }
}

/// What an import is: a function, table, memory or global.
fn skip_description(rest: &mut &[u8]) -> Result<()> {
    match take_bytes(rest, 1)?[0] {
        0 => drop(take_number(rest)?),
        1 => {
            take_bytes(rest, 1)?;
            skip_limits(rest)?;
        }
        2 => skip_limits(rest)?,
        3 => drop(take_bytes(rest, 2)?),
        other => bail!("an import of kind {other} is not known here"),
    }
    Ok(())
}

fn skip_limits(rest: &mut &[u8]) -> Result<()> {
    let has_most = take_bytes(rest, 1)?[0] & 1 == 1;
    take_number(rest)?;
    if has_most {
        take_number(rest)?;
    }
    Ok(())
}

fn take_bytes<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count).context("the module ends early")?;
    *rest = after;
    Ok(taken)
}

fn take_vec<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = take_number(rest)?;
    take_bytes(rest, length)
}

fn take_name<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    std::str::from_utf8(take_vec(rest)?).context("a name in the module is no text")
}

/// LEB128, as all numbers of a module.
fn take_number(rest: &mut &[u8]) -> Result<usize> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = take_bytes(rest, 1)?[0];
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    bail!("a number in the module is too long")
}

fn put_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn put_vec(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports a function `m.long`, a memory and a global; exports a function and the memory.
    fn module() -> Vec<u8> {
        let mut bytes = START.to_vec();
        bytes.extend([1, 4, 1, 0x60, 0, 0]);
        let imports = [
            &[3][..],
            b"\x01m\x04long\x00\x00",
            b"\x01m\x03mem\x02\x01\x01\x02",
            b"\x01m\x01g\x03\x7f\x00",
        ]
        .concat();
        bytes.push(IMPORTS);
        put_vec(&mut bytes, &imports);
        bytes.push(EXPORTS);
        put_vec(&mut bytes, b"\x02\x04used\x00\x00\x06unused\x02\x00");
        bytes
    }

    #[test]
    fn what_is_not_changed_stays_as_it_was() {
        assert_eq!(Module::parse(&module()).unwrap().to_bytes(), module());
        let mut same = Module::parse(&module()).unwrap();
        same.retain_exports(|_| true).unwrap();
        same.rename_imports(|_, _| None).unwrap();
        assert_eq!(same.to_bytes(), module());
    }

    #[test]
    fn an_import_gets_another_name_and_an_export_goes() {
        let mut changed = Module::parse(&module()).unwrap();
        changed.retain_exports(|name| name == "used").unwrap();
        changed
            .rename_imports(|from, name| (from == "m" && name == "long").then(|| "a".to_owned()))
            .unwrap();
        let bytes = changed.to_bytes();
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        assert!(holds(b"\x01m\x01a\x00\x00") && holds(b"\x03mem") && !holds(b"long"));
        assert!(holds(b"\x01\x04used\x00\x00") && !holds(b"unused"));
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        for bytes in [&b""[..], b"\0asm", &module()[..module().len() - 1]] {
            assert!(Module::parse(bytes).is_err());
        }
    }

    #[test]
    fn numbers_of_any_size_are_read_as_written() {
        for number in [0, 1, 127, 128, 300, 1 << 20, (1 << 32) - 1] {
            let mut out = Vec::new();
            put_number(&mut out, number);
            let mut rest = out.as_slice();
            assert_eq!(take_number(&mut rest).unwrap(), number);
            assert!(rest.is_empty());
        }
    }
}
