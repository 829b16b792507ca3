"""The sheets in the forms that offices really get."""
