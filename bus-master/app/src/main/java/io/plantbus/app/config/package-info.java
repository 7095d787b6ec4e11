/// The plant file: from YAML to what the master runs, with every mistake told at once. The
/// documents (`…Document`) hold what is written; [io.plantbus.app.config.PlantFile] checks one part
/// against the other.
@NullMarked
package io.plantbus.app.config;

import org.jspecify.annotations.NullMarked;
