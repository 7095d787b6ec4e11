package io.plantbus.hal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files with which a link is secured, all in PEM. Nothing is read here.
///
/// @param certificateChain our certificate, and the intermediate ones after it
/// @param privateKey the unencrypted key of our certificate
/// @param trustAnchors certificates of the authorities that peers' certificates come from
/// @param expectedName what the peer's certificate must be issued to; null for the host that is
///   connected to
public record TlsFiles(
    Path certificateChain, Path privateKey, Path trustAnchors, @Nullable String expectedName) {}
