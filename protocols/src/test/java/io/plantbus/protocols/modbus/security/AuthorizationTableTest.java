package io.plantbus.protocols.modbus.security;

import static io.plantbus.protocols.modbus.DataTable.COILS;
import static io.plantbus.protocols.modbus.DataTable.DISCRETE_INPUTS;
import static io.plantbus.protocols.modbus.DataTable.HOLDING_REGISTERS;
import static io.plantbus.protocols.modbus.DataTable.INPUT_REGISTERS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.security.Access.Kind;
import io.plantbus.protocols.modbus.security.AuthorizationRule.Grant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizationTableTest {
  private static final Role OPERATOR = new Role("operator");
  private static final UnitId ONE = UnitId.of(1);
  private static final Set<Kind> BOTH = Set.of(Kind.READ, Kind.WRITE);

  private static AuthorizationTable table(
      @Nullable Role role, Set<Integer> functions, Grant... grants) {
    return new AuthorizationTable(
        List.of(new AuthorizationRule(role, Set.of(ONE), functions, List.of(grants))));
  }

  private static Grant grant(Set<Kind> kinds, DataTable table, int start, int count) {
    return new Grant(kinds, table, new AddressRange(start, count));
  }

  private static Request read(DataTable table, int start, int count) {
    return new Request.Read(table, new AddressRange(start, count));
  }

  private static RegisterBlock registers(int count) {
    return RegisterBlock.of(new int[count]);
  }

  @Covers(Requirement.NOT_AUTHORISED)
  @Test
  void whatNoRuleAllowsIsDenied() {
    assertFalse(AuthorizationTable.NOTHING.allows(OPERATOR, ONE, read(COILS, 0, 1)));
    assertFalse(AuthorizationTable.NOTHING.allows(null, ONE, read(COILS, 0, 1)));
  }

  @Test
  void aRuleHoldsForItsRoleUnitsAndFunctionsOnly() {
    AuthorizationTable table =
        table(OPERATOR, Set.of(3), grant(Set.of(Kind.READ), HOLDING_REGISTERS, 100, 10));
    Request request = read(HOLDING_REGISTERS, 100, 10);
    assertTrue(table.allows(OPERATOR, ONE, request));
    assertFalse(table.allows(new Role("Operator"), ONE, request));
    assertFalse(table.allows(null, ONE, request));
    assertFalse(table.allows(OPERATOR, UnitId.of(2), request));
    assertFalse(table.allows(OPERATOR, ONE, read(INPUT_REGISTERS, 100, 10)));
    assertFalse(table.allows(OPERATOR, ONE, new Request.WriteSingleRegister(100, 1)));
  }

  @Test
  void aRuleWithoutARoleHoldsForEverybody() {
    AuthorizationTable table =
        table(null, Set.of(2), grant(Set.of(Kind.READ), DISCRETE_INPUTS, 0, 8));
    assertTrue(table.allows(null, ONE, read(DISCRETE_INPUTS, 0, 8)));
    assertTrue(table.allows(OPERATOR, ONE, read(DISCRETE_INPUTS, 7, 1)));
  }

  @Covers(Requirement.NOT_AUTHORISED)
  @Test
  void aRequestMustLieWithinOneGrantAsAWhole() {
    AuthorizationTable table =
        table(
            OPERATOR,
            AuthorizationRule.ALL_FUNCTIONS,
            grant(Set.of(Kind.READ), HOLDING_REGISTERS, 100, 10),
            grant(Set.of(Kind.READ), HOLDING_REGISTERS, 110, 10));
    assertTrue(table.allows(OPERATOR, ONE, read(HOLDING_REGISTERS, 110, 10)));
    assertFalse(table.allows(OPERATOR, ONE, read(HOLDING_REGISTERS, 99, 2)));
    assertFalse(table.allows(OPERATOR, ONE, read(HOLDING_REGISTERS, 109, 2)));
    assertFalse(table.allows(OPERATOR, ONE, read(HOLDING_REGISTERS, 119, 2)));
  }

  @Covers(Requirement.NOT_AUTHORISED)
  @Test
  void everyWriteNeedsTheGrantOfItsTable() {
    AuthorizationTable readers =
        table(
            OPERATOR,
            AuthorizationRule.ALL_FUNCTIONS,
            grant(Set.of(Kind.READ), HOLDING_REGISTERS, 0, 65_536),
            grant(Set.of(Kind.READ), COILS, 0, 65_536));
    AuthorizationTable writers =
        table(
            OPERATOR,
            AuthorizationRule.ALL_FUNCTIONS,
            grant(BOTH, HOLDING_REGISTERS, 5, 2),
            grant(BOTH, COILS, 5, 2));
    List<Request> writes =
        List.of(
            new Request.WriteSingleCoil(6, true),
            new Request.WriteSingleRegister(6, 1),
            new Request.WriteMultipleCoils(5, BitBlock.of(true, false)),
            new Request.WriteMultipleRegisters(5, registers(2)),
            new Request.MaskWriteRegister(6, 0, 0));
    for (Request write : writes) {
      assertFalse(readers.allows(OPERATOR, ONE, write), write::toString);
      assertTrue(writers.allows(OPERATOR, ONE, write), write::toString);
    }
    assertFalse(writers.allows(OPERATOR, ONE, new Request.WriteSingleCoil(7, true)));
    assertFalse(writers.allows(OPERATOR, ONE, new Request.WriteMultipleRegisters(6, registers(2))));
  }

  @Covers(Requirement.NOT_AUTHORISED)
  @Test
  void readingAndWritingAtOnceNeedsBothRanges() {
    AuthorizationTable table =
        table(
            OPERATOR,
            Set.of(23),
            grant(Set.of(Kind.READ), HOLDING_REGISTERS, 0, 10),
            grant(Set.of(Kind.WRITE), HOLDING_REGISTERS, 20, 10));
    assertTrue(table.allows(OPERATOR, ONE, readWrite(0, 20)));
    assertFalse(table.allows(OPERATOR, ONE, readWrite(0, 0)));
    assertFalse(table.allows(OPERATOR, ONE, readWrite(20, 20)));
    assertFalse(table.allows(OPERATOR, ONE, readWrite(9, 20)));
    assertFalse(table.allows(OPERATOR, ONE, readWrite(0, 29)));
  }

  private static Request readWrite(int read, int write) {
    return new Request.ReadWriteMultipleRegisters(new AddressRange(read, 2), write, registers(2));
  }

  @Test
  void aTableThatNobodyCanWriteCannotBeGrantedForWriting() {
    assertThrows(IllegalArgumentException.class, () -> grant(BOTH, INPUT_REGISTERS, 0, 1));
  }
}
