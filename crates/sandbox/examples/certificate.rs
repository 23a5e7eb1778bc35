//! Prints a certificate for this machine's loopback names and its key, in PEM: for upstreams that are
//! measured or tried out as clusters are, with a certificate of their own.

use seatree_sandbox::certificate::Certificate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let certificate = Certificate::new()?;
    print!("{}{}", certificate.pem(), certificate.key_pem());
    Ok(())
}
