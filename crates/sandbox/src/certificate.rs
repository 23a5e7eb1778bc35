//! The self-signed certificate of the CUCM listener, made anew at each start: clusters come
//! with one too, and a client has to cope.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate for this machine's loopback names, with its key.
pub struct Certificate {
    certified: rcgen::CertifiedKey<rcgen::KeyPair>,
}

impl Certificate {
    /// Makes one for 127.0.0.1, `::1` and localhost.
    pub fn new() -> Result<Self, rcgen::Error> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let mut params = rcgen::CertificateParams::new(names)?;
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(rcgen::DnType::CommonName, "seatree-sandbox");
        let signing_key = rcgen::KeyPair::generate()?;
        let cert = params.self_signed(&signing_key)?;
        Ok(Self { certified: rcgen::CertifiedKey { cert, signing_key } })
    }

    /// The certificate, without its key, for clients that should trust it.
    pub fn pem(&self) -> String {
        self.certified.cert.pem()
    }

    /// Its key, for a listener of another program's.
    pub fn key_pem(&self) -> String {
        self.certified.signing_key.serialize_pem()
    }

    /// What a TLS listener needs. HTTP/1.1 only, as on a cluster.
    pub fn server_config(&self) -> Result<Arc<ServerConfig>, rustls::Error> {
        let key = PrivatePkcs8KeyDer::from(self.certified.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![self.certified.cert.der().clone()], PrivateKeyDer::from(key))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}
