/* sums.Sum.add */
int64_t sums_Sum_add(int64_t self_0, int64_t items_1, int64_t start_2)
{
int64_t t_3, _1_4, t_5, item_6, t_7, t_8, t_9, t_10;
b0:;
#line 14 "sums.py"
t_3 = TW_WORD(items_1, 16);
_1_4 = start_2;
b1:;
t_5 = _1_4 < t_3;
if (t_5) {
goto b2;
}
goto b3;
b2:;
#line 15 "sums.py"
item_6 = tracewright_lib_list_core_List_getitem_int(items_1, _1_4);
if (TW_UNLIKELY(tw_exception)) { TW_RAISED_BELOW("sums.Sum.add, sums.py:15"); return 0; }
#line 16 "sums.py"
t_7 = TW_WORD(self_0, 8);
t_8 = t_7 + item_6;
TW_WORD(self_0, 8) = t_8;
#line 14 "sums.py"
t_9 = _1_4 + 1L;
_1_4 = t_9;
goto b1;
b3:;
#line 17 "sums.py"
t_10 = TW_WORD(self_0, 8);
return t_10;
}

/* sums.Square.area */
int64_t sums_Square_area(int64_t self_0)
{
int64_t t_1, t_2, t_3;
b0:;
#line 30 "sums.py"
t_1 = TW_WORD(self_0, 8);
t_2 = TW_WORD(self_0, 8);
t_3 = t_1 * t_2;
return t_3;
}

/* sums.Circle.area */
int64_t sums_Circle_area(int64_t self_0)
{
b0:;
return 3L;
}

/* sums.total_of */
int64_t sums_total_of(int64_t shape_0)
{
int64_t t_1, t_2, t_3, t_4, t_5, t_6, doubled_7;
b0:;
#line 39 "sums.py"
t_1 = shape_0 == 0L;
if (t_1) {
goto b1;
}
goto b2;
b1:;
return 0L;
b2:;
#line 41 "sums.py"
t_2 = tw_new_object(TW_ADDRESS(tw_id_sums_Sum), 0, 16);
TW_WORD(t_2, 8) = 0L;
t_3 = ((int64_t (*)(int64_t))((void **)tw_slot_sums_Shape_area)[tw_class_of(shape_0)])(shape_0);
t_4 = tw_new_array(TW_ADDRESS(tw_id_tracewright_core_arrays_Array_int), 2L);
if (TW_UNLIKELY(!t_4)) { TW_RAISED_AT("sums.total_of, sums.py:41", tw_exception); return 0; }
TW_ITEM(t_4, 0L) = t_3;
TW_ITEM(t_4, 1L) = 1L;
t_5 = tw_new_object(TW_ADDRESS(tw_id_tracewright_lib_list_core_List_int), 1, 32);
tw_store_reference(t_5, &TW_WORD(t_5, 8), t_4);
TW_WORD(t_5, 16) = 2L;
t_6 = sums_Sum_add(t_2, t_5, 0L);
if (TW_UNLIKELY(tw_exception)) {  return 0; }
doubled_7 = t_6 * 2L;
return doubled_7;
}

/* sums.squared */
int64_t sums_squared(int64_t side_0)
{
int64_t t_1, t_2, t_3, t_4, t_5;
b0:;
#line 46 "sums.py"
t_1 = tw_new_object(TW_ADDRESS(tw_id_sums_Square), 0, 16);
TW_WORD(t_1, 8) = side_0;
t_2 = sums_total_of(t_1);
if (TW_UNLIKELY(tw_exception)) {  return 0; }
t_3 = tw_new_object(TW_ADDRESS(tw_id_sums_Circle), 0, 16);
t_4 = sums_total_of(t_3);
if (TW_UNLIKELY(tw_exception)) {  return 0; }
t_5 = t_2 + t_4;
return t_5;
}
