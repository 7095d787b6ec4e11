package io.plantbus.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Starts a bench for tests and hands it to them:
///
/// ```java
/// @SimulatedPlant("bench.yaml")
/// class PumpTest {
///   @Test
///   void theControllerStopsThePump(SimulatedBench bench) {
///     MyController controller = new MyController("127.0.0.1", bench.tcp("net").port());
///     bench.slave("tank").set("level", 2.0);
///     controller.poll();
///     bench.slave("pump").awaitWrite("run", Duration.ofSeconds(2));
///   }
/// }
/// ```
///
/// On a method it stands in place of the one on its class. A test, its constructor and its
/// lifecycle methods may ask for a [SimulatedBench], its [BenchClock], its [BenchFaults], and,
/// where Pi4J and `plantbus-hal-pi4j` are on the class path, a `com.pi4j.context.Context` whose I2C
/// buses are those of the bench, the first of the file being bus 1.
///
/// TCP and UDP lines listen on free ports of the loopback and serial lines are pseudo terminals
/// with names of their own, so that tests run side by side; pseudo terminals need Linux. A failed
/// test is told the seed, how to repeat it and what happened last.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SimulatedPlantExtension.class)
public @interface SimulatedPlant {
  /// The seed that the bench file says.
  long OF_FILE = Long.MIN_VALUE;

  /// Another seed each time; a failure tells which.
  long ANY = Long.MAX_VALUE;

  /// The bench: a file, by a path from the working directory, or else a resource, by a name from
  /// the package of the test or from the root of the class path.
  String value();

  /// Of all random numbers: [#OF_FILE], [#ANY] or a number. The configuration parameter or system
  /// property `plantbus.seed` goes before it.
  long seed() default OF_FILE;

  /// What time the bench goes by.
  BenchTime time() default BenchTime.VIRTUAL;

  /// How long the bench lives.
  BenchScope scope() default BenchScope.METHOD;

  /// A folder with device profiles of one's own, found as the bench is; empty for none.
  String profiles() default "";

  /// Whether hosts, ports and links are those of the bench file; two such benches cannot run side
  /// by side.
  boolean keepEndpoints() default false;
}
