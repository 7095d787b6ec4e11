package io.plantbus.devices.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.document.DocumentReader;
import org.junit.jupiter.api.Test;

class ProfileSummaryTest {
  @Test
  void aProfileIsShownAsATable() {
    DeviceProfile profile =
        new ProfileReader(new DocumentReader(_ -> null))
            .parse(
                "t.yaml",
                """
                name: thing
                description: Some thing.
                deviceResources:
                  - name: level
                    description: Level | depth
                    attributes: {startingAddress: ir9999, rawType: Int16, order: BADC}
                    properties: {valueType: Float32, readWrite: R, scale: 0.1, offset: -5, units: m, minimum: 0, maximum: 2.5, defaultValue: 1}
                  - name: mode
                    attributes: {startingAddress: hr100, bits: {first: 2, count: 3}}
                    properties: {valueType: Uint16, readWrite: RW, maximum: 4}
                  - name: fault
                    attributes: {startingAddress: hr101, bits: {first: 15}}
                    properties: {valueType: Bool, readWrite: R}
                  - name: serial
                    attributes: {startingAddress: hr200, stringRegisterSize: 4}
                    properties: {valueType: String, readWrite: R}
                  - name: start
                    attributes: {startingAddress: coil:0}
                    properties: {valueType: Bool, readWrite: W}
                """)
            .valueOrThrow();

    assertEquals(
        """
        ## thing

        Some thing.

        | Resource | Where | Type | Access | Range | Initial | Description |
        |---|---|---|---|---|---|---|
        | `level` | input:9999 (310000) | int16 BADC × 0.1 - 5 | R | 0..2.5 m | 1.0 | Level \\| depth |
        | `mode` | holding:100 (40101) | uint16 bits 2..4 | RW | ..4 |  |  |
        | `fault` | holding:101 (40102) | bool bit 15 | R |  |  |  |
        | `serial` | holding:200 (40201) | string of 8 bytes | R |  |  |  |
        | `start` | coil:0 (00001) | bool | W |  |  |  |
        """,
        ProfileSummary.of(profile, "##"));
  }
}
